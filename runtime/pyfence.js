/** The loader: makes `<pyodide-block>` live. A second copy on the page finds it done. */

import { PyodideBlock } from './element.js';

if (!customElements.get('pyodide-block')) customElements.define('pyodide-block', PyodideBlock);

const fences = document.querySelectorAll('[data-pyodide], code.language-pyodide');
if (fences.length > 0) import('./upgrade.js').then(({ upgrade }) => upgrade(fences));
