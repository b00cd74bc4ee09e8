// Requests per second, and CPU time per request, of the load balancer with a handler in its process,
// beside a plain server that proxies the same bytes to the same app in another process. Many short rounds
// alternate, each begun by another one, so that what else the machine does meets all of them; what is
// compared is the median of the ratios within the rounds.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const least = 0.7
const leastRecorded = 0.95
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    requests: { type: 'string', default: '2400' },
    connections: { type: 'string', default: '16' },
  },
})
const [rounds, requests, connections] = Object.values(values).map(Number)

const document = JSON.stringify({ name: 'Washer 8.4 mm', note: 'x'.repeat(1000) })
const request = Buffer.from(
  [
    'POST /api/parts?page=2&sort=name HTTP/1.1',
    'host: shop.example',
    'user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'accept: application/json, text/plain, */*',
    'accept-language: en-GB,en;q=0.7,de;q=0.3',
    'accept-encoding: gzip, deflate, br, zstd',
    'cookie: session=eyJ1c2VyIjoiYWRhIn0=; session.sig=Yc0Mv5dC1fWqFJ8QeR5mT3bJv1Q',
    'content-type: application/json',
    `content-length: ${document.length}`,
    '',
    document,
  ].join('\r\n'),
)

const app = await start('app')
const proxy = await start('proxy', app.port)
const loadBalancer = await start('loadBalancer')
const recorded = await start('recorded')
const contestants = [
  { name: 'proxy', port: proxy.port, processes: [proxy, app], measured: [] },
  { name: 'load balancer', port: loadBalancer.port, processes: [loadBalancer], measured: [] },
  { name: 'with recorder', port: recorded.port, processes: [recorded], measured: [] },
]
for (let warming = 0; warming < 6; warming += 1) {
  for (const contestant of contestants) await measure(contestant)
}
for (let round = 0; round < rounds; round += 1) {
  for (let turn = 0; turn < contestants.length; turn += 1) {
    const contestant = contestants[(round + turn) % contestants.length]
    contestant.measured.push(await measure(contestant))
  }
}
for (const { child } of [app, proxy, loadBalancer, recorded]) child.kill()
report(...contestants)

async function start(name, ...args) {
  const file = fileURLToPath(new URL('servers.mjs', import.meta.url))
  const child = fork(file, [name, ...args.map(String)])
  const [port] = await once(child, 'message')
  return { child, port }
}

async function measure({ port, processes }) {
  const cpuBefore = await cpuTimes(processes)
  const startedAt = performance.now()
  const share = Math.ceil(requests / connections)
  await Promise.all(Array.from({ length: connections }, () => send(port, share)))
  const seconds = (performance.now() - startedAt) / 1000
  const cpuAfter = await cpuTimes(processes)
  const cpu = cpuAfter.map((after, index) => (after - cpuBefore[index]) / (share * connections))
  return {
    perSecond: (share * connections) / seconds,
    cpuOfServer: cpu[0],
    cpuOfAll: cpu.reduce((sum, each) => sum + each, 0),
  }
}

function cpuTimes(processes) {
  return Promise.all(
    processes.map(async ({ child }) => {
      const answer = once(child, 'message')
      child.send('cpu')
      return (await answer)[0]
    }),
  )
}

/** One request after the other on one connection: bytes are counted, which is cheap, not parsed. */
function send(port, count) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let left = count
    let length = 0
    let received = ''
    let bytes = 0
    socket.once('error', reject).on('data', (chunk) => {
      bytes += chunk.length
      if (length === 0) {
        received += chunk.toString('latin1')
        length = lengthOf(received)
      }
      if (length === 0 || bytes < length) return
      if (bytes > length) throw new Error(`got ${bytes} bytes, not ${length}`)
      bytes = 0
      left -= 1
      if (left > 0) socket.write(request)
      else socket.end(resolve)
    })
    socket.write(request)
  })
}

/** Bytes of the response; 0 as long as its head is not whole. */
function lengthOf(received) {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return 0
  if (!received.startsWith('HTTP/1.1 200 ')) throw new Error(received)
  return end + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(received)[1])
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1]
}

/** The median over the rounds of how often one has what the other has. */
function ratioOf(one, other, key) {
  return median(one.measured.map((each, round) => each[key] / other.measured[round][key]))
}

function report(bare, ours, recorded) {
  console.log(`Node ${process.versions.node}, medians of ${rounds} rounds`)
  for (const { name, measured } of [bare, ours, recorded]) {
    const [perSecond, cpuOfServer, cpuOfAll] = ['perSecond', 'cpuOfServer', 'cpuOfAll'].map((key) =>
      median(measured.map((each) => each[key])),
    )
    const cpu = `${cpuOfServer.toFixed(1)} µs of CPU, ${cpuOfAll.toFixed(1)} with the app`
    console.log(`${name.padEnd(14)} ${perSecond.toFixed(0).padStart(6)} requests/s  ${cpu}`)
  }
  const ratio = ratioOf(ours, bare, 'perSecond')
  const byCpu = percent(ratioOf(bare, ours, 'cpuOfServer'))
  const byAllCpu = percent(ratioOf(bare, ours, 'cpuOfAll'))
  console.log(
    `ratio ${percent(ratio)}; by CPU ${byCpu}, counting the app on both sides ${byAllCpu}`,
  )
  const ratioRecorded = ratioOf(recorded, ours, 'perSecond')
  const recordedByCpu = percent(ratioOf(ours, recorded, 'cpuOfServer'))
  console.log(`with recorder ${percent(ratioRecorded)}; by CPU ${recordedByCpu}`)
  if (ratio < least) fail(`the load balancer: at least ${percent(least)} is wanted`)
  if (ratioRecorded < leastRecorded)
    fail(`a recorder: at least ${percent(leastRecorded)} is wanted`)
}

function fail(sentence) {
  console.error(sentence)
  process.exitCode = 1
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`
}
