// Stands in for React while the core and server suites run a second time. It throws instead of being
// empty: an import that is not used yet is a dependency already.
throw new Error('core and server must work without React, and something here imported it')
