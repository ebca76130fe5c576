// Holds what a saved script depends on to tests/spec/pip_lines.md, as test_notebook_syntax.py and tests/suite/check.rs the rest.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isPipLine, requirementsIn } from '../../runtime/share/pip-lines.js';

const spec = readFileSync(new URL('../spec/pip_lines.md', import.meta.url), 'utf8');

test('A saved script depends on what its lines of pip install', () => {
  const rows = [...spec.matchAll(/^\| `(.*)` \| (?:`(.*)` )?\|$/gm)];
  assert.ok(rows.length > 15);
  for (const [, written, requirements = ''] of rows) {
    const line = written.replaceAll('\\|', '|');
    assert.ok(isPipLine(line), line);
    assert.deepEqual(requirementsIn(`import math\n${line}\nprint(1)`), requirements.split(' ').filter(Boolean), line);
  }
  assert.ok(!isPipLine('pip = install'));
});
