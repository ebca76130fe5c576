/** The loader: makes `<pyodide-block>` live. A second copy on the page finds it done. */

import { PyodideBlock } from './element.js';

if (!customElements.get('pyodide-block')) customElements.define('pyodide-block', PyodideBlock);
