// The last lines of .ci/run: what failed, and the sum over the Vitest runs whose JSON reports are in
// the folder. Arguments: that folder, then the steps that failed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, ...failedSteps] = process.argv.slice(2)
const sum = { passed: 0, failed: 0, skipped: 0 }
const explained = new Set()
for (const file of readdirSync(folder)) {
  const report = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  sum.passed += report.numPassedTests
  sum.failed += report.numFailedTests
  sum.skipped += report.numPendingTests
  if (report.numFailedTests > 0) explained.add(file.replace(/\.json$/, ''))
}
// A step that failed without a failed test (lint, a crash before the report) must show in the sum too.
sum.failed += failedSteps.filter((step) => !explained.has(step)).length

console.log()
if (failedSteps.length > 0) console.log(`failed steps: ${failedSteps.join(', ')}`)
if (sum.skipped > 0) console.log(`skipped tests: ${sum.skipped}`)
console.log(`${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0
