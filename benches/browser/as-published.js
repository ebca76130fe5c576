// The browser tests boot a Python that is compiled, to save time. What is measured is Pyodide as it is published:
// imported before all else.
process.env.PYFENCE_AS_PUBLISHED = 'yes';
