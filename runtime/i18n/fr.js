/** What the block says in French. */

/** @type {typeof import('../run/strings.js').runStrings & typeof import('../run/in-order-strings.js').inOrderStrings & typeof import('../run/input-strings.js').inputStrings & typeof import('../run/error-strings.js').errorStrings & typeof import('../edit/strings.js').editStrings & typeof import('../output/strings.js').outputStrings & typeof import('../complete/strings.js').completionStrings & typeof import('../on-demand/strings.js').optionStrings & typeof import('../recorded/strings.js').recordedStrings & typeof import('../share/strings.js').shareStrings} */
export const strings = {
  code: 'Code Python',
  edit: 'Entrée pour modifier',
  leave: 'Échap puis Tab pour quitter l’éditeur',
  noEditor: 'L’éditeur n’a pas pu être chargé',
  silent: 'le réseau ne répond pas',

  run: 'Exécuter',
  stop: 'Arrêter',
  above: 'Exécuter jusqu’ici',
  copy: 'Copier',
  copied: 'Copié',
  notCopied: 'La copie a échoué',
  reset: 'Rétablir',
  clear: 'Effacer',
  retry: 'Réessayer',
  output: 'Résultat',
  question: 'Votre réponse',

  queued: 'En attente d’un autre bloc',
  loading: 'Chargement de Python',
  installing: 'Installation de {detail}',
  fetching: 'Chargement de {detail}',
  running: 'En cours',
  done: 'Terminé',
  error: 'Erreur',
  unavailable: 'Ce dont ce code a besoin n’a pas pu être chargé',
  lost: 'Python s’est effondré : les variables de tous les blocs sont perdues.',
  stopped: 'Arrêté',
  stoppedAndLost: 'Pour arrêter ce code, Python a dû être interrompu : les variables de tous les blocs sont perdues.',

  frames: 'Appels dans un autre code : {count}',
  definedIn: '{name} est défini dans le bloc {number}, qui n’a pas été exécuté.',
  runBefore: 'L’exécuter d’abord',
  runAboveAgain: 'Réexécuter les blocs précédents',

  noScripts: 'La politique de sécurité de cette page empêche les scripts de cette valeur de s’exécuter.',
  showAll: 'Tout afficher',
  saveAll: 'Tout enregistrer',
  moreCharacters: 'encore {size} caractères',

  suggestions: 'Suggestions',
  suggestion: 'Suggestion',

  overTime: 'Arrêté : l’exécution a duré plus de {seconds} s.',

  differs: 'Ceci diffère de la sortie enregistrée avec la page.',

  share: 'Partager',
  copyLink: 'Copier un lien avec ce code',
  linkCopied: 'Lien copié',
  tooLong: 'Ce code est trop long pour un lien',
  saveScript: 'Enregistrer ce code en .py',
  savePageScript: 'Enregistrer tout le code de cette page en .py',
  saveNotebook: 'Enregistrer tout le code de cette page en .ipynb',
  notSaved: 'Enregistrement impossible',
  fromLink: 'Ce code est venu avec le lien, ce n’est pas le code de cette page.',
  stranger: 'Ce code est venu avec le lien. S’il s’exécute, il peut lire sur {host} ce que vous pouvez y lire, et y agir en votre nom. Ne l’exécutez que si vous faites confiance à la personne qui a fait le lien.',
  runIt: 'L’exécuter',
  backToPage: 'Revenir au code de cette page',
  brokenLink: 'Le code de ce lien est illisible.',
};
