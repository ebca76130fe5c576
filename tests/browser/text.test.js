// Whatever stands in code and options stays text, and runs as written.
import assert from 'node:assert/strict';
import { blockOf, runs } from './support/block.js';
import { render } from './support/pyfence.js';
import { pages } from './support/site.js';
import { story } from './support/story.js';

const nasty = ['<img src=x onerror=alert(1)>', '</script>', '</pre>', '</code></pyodide-block>', '&lt; &amp; &', '"double" and \'single\'',
  '``` and `', '{{ braces }} {% end %} {# no #}', '🐍 é 漢字 \u202e', '\\ and \\n', '<!-- -->', ']]>'];

story('Code with every kind of mark is shown and run as written', async ({ open, complaints }) => {
  const code = nasty.map((text) => `print(r"""${text} """)`).join('\n');
  const page = await open(pages({ '/': render(`~~~~pyodide\n${code}\n~~~~\n`) }));
  assert.equal(await blockOf(page).locator('code').textContent(), code);
  assert.equal(await runs(blockOf(page)), nasty.map((text) => `${text} `).join('\n'));
  assert.deepEqual(complaints, []);
});

story('Output is text: markup, NUL and bytes that are no UTF-8 do no harm', async ({ open }) => {
  const page = await open(pages({ '/': render(`\`\`\`pyodide
import os, sys
print("<img src=x onerror=alert(1)>", chr(0) + "|")
sys.stdout.flush()
os.write(1, b"\\xff\\xfe caf\\xc3\\xa9\\n")
"</pre><script>alert(1)</script>"
\`\`\`

\`\`\`pyodide
raise ValueError("<b>" + chr(0) + "</b>")
\`\`\`
`) }));
  assert.equal(await runs(blockOf(page)), '<img src=x onerror=alert(1)> \0|\n\ufffd\ufffd café\n\'</pre><script>alert(1)</script>\'');
  assert.match(await runs(blockOf(page, 1), 'error'), /ValueError: <b>\0<\/b>$/);
  assert.equal(await page.locator('pyodide-block :is(img, script, b)').count(), 0);
});

story('A NUL in the source, and options with marks in them, are as the author wrote them', async ({ open }) => {
  const session = 'a&b<c>"d" 🐍 </script>';
  const page = await open(pages({ '/': render(`\`\`\`pyodide session='${session}'
shared = "x\0y"
shared
\`\`\`

\`\`\`pyodide session='${session}' install='no<such>&"thing"'
len(shared)
\`\`\`
`) }));
  assert.equal(await blockOf(page).getAttribute('session'), session);
  assert.equal(await runs(blockOf(page)), "'x\ufffdy'");
  assert.match(await runs(blockOf(page, 1), 'error'), /no<such>/);
  await blockOf(page, 1).evaluate((block) => block.removeAttribute('install'));
  assert.equal(await runs(blockOf(page, 1)), '3');
});
