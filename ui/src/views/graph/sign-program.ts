import { NodeProgram, type ProgramInfo } from 'sigma/rendering';
import type { NodeDisplayData, RenderParams } from 'sigma/types';
import { floatColor } from 'sigma/utils';
import type { NodeDress, Palette } from './dress';

const vertex = /*glsl*/ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;

varying vec4 v_color;
varying vec2 v_at;
varying float v_pixel;
varying float v_shape;

const float bias = 255.0 / 254.0;

void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 5.6;
  vec2 away = size * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + away, 1)).xy, 0, 1);
  // 1 at the edge of the sign; the triangle around it holds a circle of 1.4.
  v_at = 2.8 * vec2(cos(a_angle), sin(a_angle));
  v_pixel = u_sizeRatio / max(a_size, 0.5);
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}
`;

const fragment = /*glsl*/ `
precision highp float;

varying vec4 v_color;
varying vec2 v_at;
varying float v_pixel;
varying float v_shape;

uniform vec3 u_paper;

float box(vec2 p) {
  vec2 q = abs(p) - vec2(0.62);
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - 0.28;
}

void main(void) {
  vec2 p = v_at;
  float dot_ = 1.0;
  float d = length(p) - 1.0;
  bool open = v_shape == 1.0 || v_shape == 3.0 || v_shape >= 5.0;
  if (v_shape == 2.0 || v_shape == 3.0 || v_shape == 8.0) d = (abs(p.x) + abs(p.y) - 1.2) * 0.7071;
  else if (v_shape >= 4.0 && v_shape < 7.0) d = box(p);
  if (v_shape == 6.0) dot_ = length(p) - 0.3;
  if (v_shape == 8.0) dot_ = (abs(p.x) + abs(p.y) - 0.55) * 0.7071;

  #ifdef PICKING_MODE
  if (d > 0.25) gl_FragColor = vec4(0.0);
  else gl_FragColor = v_color;
  #else
  float soft = v_pixel * 0.75;
  float line = v_pixel * 1.6;
  float cover = 1.0 - smoothstep(-soft, soft, d);
  vec3 color = v_color.rgb;
  if (open) color = mix(u_paper, v_color.rgb, smoothstep(-line - soft, -line + soft, d));
  if (v_shape == 6.0 || v_shape == 8.0) color = mix(v_color.rgb, color, smoothstep(-soft, soft, dot_));
  if (v_shape == 7.0) {
    float bars = min(abs(abs(p.x) - 0.35), abs(abs(p.y) - 0.35)) - v_pixel * 0.7;
    float within = max(abs(p.x), abs(p.y)) - 0.95;
    cover = 1.0 - smoothstep(-soft, soft, max(bars, within));
    color = v_color.rgb;
  }
  gl_FragColor = vec4(color * cover, cover);
  #endif
}
`;

const uniforms = ['u_sizeRatio', 'u_correctionRatio', 'u_matrix', 'u_paper'] as const;

/** The signs of the window as a program for the graphics card. What is open is filled with paper. */
export function signProgram(palette: Palette) {
  const paper = [0, 1, 2].map((at) => parseInt(palette.paper.slice(1 + at * 2, 3 + at * 2), 16) / 255);
  return class SignProgram extends NodeProgram<(typeof uniforms)[number]> {
    getDefinition() {
      const { UNSIGNED_BYTE, FLOAT, TRIANGLES } = WebGLRenderingContext;
      return {
        VERTICES: 3,
        VERTEX_SHADER_SOURCE: vertex,
        FRAGMENT_SHADER_SOURCE: fragment,
        METHOD: TRIANGLES as 4,
        UNIFORMS: uniforms,
        ATTRIBUTES: [
          { name: 'a_position', size: 2, type: FLOAT },
          { name: 'a_size', size: 1, type: FLOAT },
          { name: 'a_shape', size: 1, type: FLOAT },
          { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: 'a_angle', size: 1, type: FLOAT }],
        CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
      };
    }

    processVisibleItem(index: number, at: number, data: NodeDisplayData): void {
      const { array } = this;
      const { shape } = data as unknown as NodeDress;
      array[at] = data.x;
      array[at + 1] = data.y;
      array[at + 2] = data.size;
      array[at + 3] = shape;
      array[at + 4] = floatColor(data.color);
      array[at + 5] = index;
    }

    setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
      gl.uniform1f(uniformLocations.u_correctionRatio ?? null, params.correctionRatio);
      gl.uniform1f(uniformLocations.u_sizeRatio ?? null, params.sizeRatio);
      gl.uniformMatrix3fv(uniformLocations.u_matrix ?? null, false, params.matrix);
      gl.uniform3f(uniformLocations.u_paper ?? null, paper[0] ?? 1, paper[1] ?? 1, paper[2] ?? 1);
    }
  };
}
