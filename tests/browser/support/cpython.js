// Values of packages whose builds for Pyodide are not on the package index, as they are under CPython.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { project } from './paths.js';

const program = `
import asyncio, json, sys
sys.path.insert(0, sys.argv[1])
from support import Blocks
class One(Blocks): pass
One.setUpClass()
shown = []
import prelude, display
display.connect(prelude, shown.append)
outcome = json.loads(asyncio.run(prelude.run(sys.argv[2], "x", "<block 1>")))
print(json.dumps([json.loads(each)["value"] for each in shown] + [outcome.get("value")]))
`;

/**
 * What a block shows under CPython, and its value, by media type, as code that makes it again.
 * @param {string} code
 */
export function remade(code) {
  const told = execFileSync('python3', ['-B', '-c', program, join(project, 'tests/prelude'), code], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const values = JSON.parse(told).filter((/** @type {object | null} */ value) => value);
  return `import base64, json
class Value:
    def __init__(self, forms): self.forms = forms
    def __repr__(self): return self.forms["text/plain"]
    def _repr_mimebundle_(self, include=None, exclude=None): return self.forms
for forms in json.loads(base64.b64decode("${Buffer.from(JSON.stringify(values)).toString('base64')}")):
    display(Value(forms))`;
}
