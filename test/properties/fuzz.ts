// `npm run test:fuzz`: 1,000,000 headers and 100,000 records. `FROM=…` for others.
import { fuzzHeaders } from './fuzz-headers.js'
import { fuzzRecords } from './fuzz-records.js'

const from = Number(process.env['FROM'] ?? 1)
const headers = Number(process.env['HEADERS'] ?? 1_000_000)
const records = Number(process.env['RECORDS'] ?? 100_000)

console.warn = () => undefined
const stray: unknown[] = []
process.on('unhandledRejection', (reason) => stray.push(reason))

const read = fuzzHeaders(from, Math.ceil(headers / 5))
console.log(`${String(read.read)} headers, ${String(read.failures.length)} failures`)
const found = await fuzzRecords(from, records, 1)
console.log(
  `${String(found.read)} records, ${String(found.accepted)} of them readable, ${String(found.failures.length)} failures`,
)
const failures = [...read.failures, ...found.failures, ...stray.map(String)]
for (const failure of failures) console.log(failure)
process.exitCode = failures.length === 0 ? 0 : 1
