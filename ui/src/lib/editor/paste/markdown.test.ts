import { describe, expect, it } from 'vitest';
import { markdownOf } from './markdown';

describe('rich text becomes Markdown', () => {
  it.each([
    [
      '<h2>Title</h2><p>a <b>bold</b> and <i>slanted</i> word</p>',
      '## Title\n\na **bold** and _slanted_ word',
    ],
    ['<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>', '- a\n- b\n  - c'],
    ['<ol start="3"><li>a</li><li>b</li></ol>', '3. a\n4. b'],
    [
      '<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>',
      '- [x] a\n- [ ] b',
    ],
    ['<p><del>gone</del> <code>x</code></p>', '~~gone~~ `x`'],
    ['<a href="https://example.com/a">there</a>', '[there](https://example.com/a)'],
    [
      '<table><tr><th>What</th><th>Who</th></tr><tr><td>a | b</td><td><b>Tom</b></td></tr></table>',
      '| What | Who |\n| --- | --- |\n| a \\| b | **Tom** |',
    ],
    ['<b style="font-weight:normal"><p>plain <strong>bold</strong></p></b>', 'plain **bold**'],
    ['<p>a_name and [brackets] <em>x</em></p>', 'a_name and [brackets] _x_'],
  ])('%s', (html, markdown) => {
    expect(markdownOf(html)).toBe(markdown);
  });

  it.each([
    [
      'a list of Google Docs, whose inner list stands beside its item',
      '<b style="font-weight:normal"><ul><li><p>Pricing</p></li><ul><li><p>Flat fee</p></li><li>Review</li></ul><li>Staffing</li></ul></b>',
      '- Pricing\n  - Flat fee\n  - Review\n- Staffing',
    ],
    [
      'emphasis as Google Docs and Apple’s programs write it',
      '<p><span style="font-weight:700">Bold</span>, <span style="font-style:italic">slanted</span>, <span style="text-decoration:line-through">gone</span>, <span style="font-weight:400">plain</span></p>',
      '**Bold**, _slanted_, ~~gone~~, plain',
    ],
    ['a heading that is bold anyway', '<h2><span style="font-weight:700">Title</span></h2>', '## Title'],
    [
      'lists of Word and Outlook, which are paragraphs',
      `<p class="MsoNormal">Agenda</p>
      <p style="mso-list:l0 level1 lfo1"><!--[if !supportLists]--><span style="mso-list:Ignore">·<span>&nbsp; </span></span><!--[endif]-->First <b>x</b></p>
      <p style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">o </span>Inner</p>
      <p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">· </span>Second</p>
      <p class="MsoNormal">Then</p>
      <p style="mso-list:l1 level1 lfo2"><span style="mso-list:Ignore">1. </span>One</p>
      <p style="mso-list:l1 level1 lfo2"><span style="mso-list:Ignore">2. </span>Two</p>`,
      'Agenda\n\n- First **x**\n  - Inner\n- Second\n\nThen\n\n1. One\n2. Two',
    ],
    [
      'the same as WebKit hands them over, without what Word says of them',
      `<p class="MsoListParagraphCxSpFirst" style="text-indent: -0.25in;"><span style="font-family: Symbol;"><span>·<span style="font-size: 7pt;">    <span class="Apple-converted-space"> </span></span></span></span>First<o:p></o:p></p>
      <p class="MsoListParagraphCxSpMiddle" style="margin-left: 1in; text-indent: -0.25in;"><span style="font-family: 'Courier New';"><span>o<span style="font-size: 7pt;">  </span></span></span>Inner</p>
      <p class="MsoListParagraphCxSpLast" style="text-indent: -0.25in;"><span style="font-family: Symbol;"><span>·<span> </span></span></span><b>Second</b> one</p>`,
      '- First\n  - Inner\n- **Second** one',
    ],
  ])('%s', (_, html, markdown) => {
    expect(markdownOf(html)).toBe(markdown);
  });

  it.each(['<p>only words</p>', '<span style="color:red">code</span>', '', '<meta charset="utf-8">x'])(
    '%j has nothing to keep',
    (html) => {
      expect(markdownOf(html)).toBeNull();
    },
  );

  it('nothing that runs, hides or loads comes along', () => {
    const html = `<p>a <b>b</b></p><script>alert(1)</script><style>p{}</style><iframe srcdoc="x"></iframe>
      <a href="javascript:alert(1)">c</a><a href="data:text/html,x">d</a><img src="data:image/png;base64,AAAA" alt="e">
      <img src="file:///etc/passwd"><svg><script>1</script></svg><img src="x" onerror="alert(1)">`;
    const markdown = markdownOf(html) ?? '';
    expect(markdown).toContain('**b**');
    for (const bad of ['script', 'alert', 'iframe', 'data:', 'file:', 'onerror', '<'])
      expect(markdown).not.toContain(bad);
  });

  it('a picture from elsewhere stays as a link', () => {
    expect(markdownOf('<p><img src="https://example.com/x.png" alt="plan"></p>')).toBe(
      '[plan](https://example.com/x.png)',
    );
  });
});
