/** What an exercise says, in Spanish. */

/** @type {typeof import('../exercise/strings.js').english} */
export const strings = {
  check: 'Comprobar',
  results: 'Resultados',
  passed: 'superado',
  failed: 'no superado',
  solved: 'Resuelto',
  passedOf: '{passed} de {all} superados',
  notChecked: 'Su código terminó con un error: no se ha comprobado nada.',

  expected: 'Esperado',
  got: 'Obtenido',
  missing: 'Su código no define {name}.',
  raised: 'Su código lanzó esto:',
  raisedAt: 'Su código lanzó esto en la línea {line}:',
  broken: 'Esto viene de la propia prueba, que no esperaba lo que hace su código:',
  late: 'Seguía en marcha tras {seconds} s.',
  yourCode: 'Su código',
  without: 'Sin {construct}',
  with: 'Con {construct}',
  usedIn: 'Está en la línea {lines}.',
  notUsed: 'No se usa.',

  hint: 'Pista',
  nextHint: 'Pista {number} de {all}',
  solution: 'Solución',

  progress: '{solved} de {all} resueltos',
  saveWork: 'Guardar mi trabajo',
  readBack: 'Recuperarlo',
  workRead: '{count} ejercicios recuperados.',
  noWork: 'Este archivo no contiene trabajo guardado.',
};
