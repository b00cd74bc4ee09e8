// Invokes over and over in one process and watches what it holds: the routes of the example, or with
// --endings every way in which an exchange can end. Run by scripts/soak.mjs (npm run soak), on the
// built packages, with --expose-gc.
import { parseArgs } from 'node:util'
import { runInNewContext } from 'node:vm'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '1000000' }, endings: { type: 'boolean' } },
})
const { invoke, held } = await import(values.endings ? './every-ending.mjs' : './example.mjs')
const count = Number(values.count)
const periods = 10
const overlapping = 10
/** How much more the last third may hold than the second; the runtime itself is never quite still. */
const tolerance = 1.05
const slackBytes = 1_048_576

const gc = runInNewContext('gc')
const reports = []
console.log(
  'invocations   heap MB   external MB   RSS MB   handles   listeners   exchanges   p50 ms   p99 ms   failed',
)
for (let period = 1; period <= periods; period++) {
  const { durations, failed } = await invokeMany(count / periods)
  const report = { ...(await measured()), failed }
  reports.push(report)
  const megabytes = [report.heapUsed, report.external, report.rss].map((bytes) =>
    (bytes / 1_048_576).toFixed(1),
  )
  const milliseconds = [0.5, 0.99].map((rank) => percentile(durations, rank).toFixed(2))
  console.log(
    String((count / periods) * period).padStart(11),
    megabytes[0].padStart(9),
    megabytes[1].padStart(13),
    megabytes[2].padStart(8),
    String(report.handles).padStart(9),
    String(report.listeners).padStart(11),
    String(report.exchanges).padStart(11),
    milliseconds[0].padStart(8),
    milliseconds[1].padStart(8),
    String(failed).padStart(8),
  )
}
process.exitCode = judge() ? 0 : 1

async function invokeMany(total) {
  const durations = new Float64Array(total)
  let next = 0
  let failed = 0
  const worker = async () => {
    while (next < total) {
      const index = next++
      const start = performance.now()
      const isRight = await invoke(index)
      durations[index] = performance.now() - start
      if (!isRight) failed++
    }
  }
  await Promise.all(Array.from({ length: overlapping }, worker))
  return { durations: durations.sort(), failed }
}

/** Memory: the mean of each third of the reports; the first third is left to warm up. */
function judge() {
  const failed = reports.reduce((sum, report) => sum + report.failed, 0)
  if (failed > 0) console.log(`${failed} invocations failed`)
  const [second, last] = [reports.slice(-7, -3), reports.slice(-3)]
  const memory = ['heapUsed', 'external', 'rss'].map((name) => {
    const [before, after] = [mean(second, name), mean(last, name)]
    const isFlat = after <= Math.max(before * tolerance, before + slackBytes)
    const change = (((after - before) / before) * 100).toFixed(1)
    console.log(`${name}: ${change} % from the second third to the last${growth(isFlat)}`)
    return isFlat
  })
  const counts = ['handles', 'listeners', 'exchanges'].map((name) => {
    const [first, most] = [reports[0][name], Math.max(...reports.map((report) => report[name]))]
    // Connections that an agent keeps come and go, no more than there are invocations at once.
    const isFlat = most <= first + overlapping
    console.log(`${name}: ${first} after the first period, ${most} at most${growth(isFlat)}`)
    return isFlat
  })
  return failed === 0 && [...memory, ...counts].every(Boolean)
}

function growth(isFlat) {
  return isFlat ? '' : ': it grows'
}

/** What is held while no invocation is under way, once closing connections have had their turns. */
async function measured() {
  for (let turns = 0; turns < 10; turns++) {
    await new Promise(setImmediate)
    // The first collection only starts to free buffers.
    gc()
  }
  const handles = process.getActiveResourcesInfo().length
  return { ...process.memoryUsage(), handles, ...held() }
}

function percentile(sorted, rank) {
  return sorted[Math.floor(sorted.length * rank)]
}

function mean(group, name) {
  return group.reduce((sum, report) => sum + report[name], 0) / group.length
}
