/** The elements that blocks are made of. Their class is `pyfence-NAME`; text goes in as text, never as HTML. */

/**
 * @param {string} tag
 * @param {string} name
 */
export function part(tag, name) {
  const made = document.createElement(tag);
  made.className = `pyfence-${name}`;
  return made;
}

/**
 * @param {string} name
 * @param {string} label
 * @param {() => void} act
 */
export function button(name, label, act) {
  const made = /** @type {HTMLButtonElement} */ (part('button', `button pyfence-${name}`));
  made.type = 'button';
  made.append(label);
  made.addEventListener('click', act);
  return made;
}
