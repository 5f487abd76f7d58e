/** So many dots, so many times over, each a little sum: a few milliseconds for a card, many for a processor. */
const side = 512;
const times = 24;
/** The most that a card takes, in milliseconds; one that takes longer gains nothing over a plain canvas. */
const most = 12;

const vertex = `#version 300 es
void main() {
  vec2 at = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
  gl_Position = vec4(at * 2.0 - 1.0, 0.0, 1.0);
}`;

const fragment = `#version 300 es
precision highp float;
out vec4 color;
void main() {
  vec2 at = gl_FragCoord.xy * 0.01;
  for (int step = 0; step < 12; step++) at = sin(at.yx * 1.7 + at);
  color = vec4(at, 0.5, 0.1);
}`;

/** Whether a graphics card draws here, and no program that imitates one: there a plain canvas is several times as fast. */
export function hasCard(): boolean {
  return (known ??= ask());
}

let known: boolean | null = null;

function ask(): boolean {
  if (typeof WebGL2RenderingContext === 'undefined') return false;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [side, side];
  const gl = canvas.getContext('webgl2', {
    failIfMajorPerformanceCaveat: true,
  }) as WebGL2RenderingContext | null;
  if (!gl) return false;
  const named = gl.getExtension('WEBGL_debug_renderer_info');
  const by = String(gl.getParameter(named?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  // WebKit calls everything "Apple GPU": what the name does not tell is measured.
  const fast = !/swiftshader|llvmpipe|softpipe|software/i.test(by) && isFast(gl, () => performance.now());
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return fast;
}

/** The best of three: a card may have to wake up first. */
export function isFast(gl: WebGL2RenderingContext, now: () => number): boolean {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) return false;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.viewport(0, 0, side, side);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  const draw = (count: number) => {
    const began = now();
    for (let at = 0; at < count; at += 1) gl.drawArrays(gl.TRIANGLES, 0, 3);
    // Reading waits until all is drawn.
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    return now() - began;
  };
  // The first makes the program ready; where that alone takes long, the rest is not waited for.
  if (draw(1) > 500) return false;
  for (let at = 0; at < 3; at += 1) {
    const took = draw(times);
    if (took <= most) return true;
    if (took > 4 * most) return false;
  }
  return false;
}
