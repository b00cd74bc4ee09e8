import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { actUntil, ask, requestOf } from './actors.mjs'
import { createClients } from './clients.mjs'
import { limitDescriptors, mountDisk } from './disturbances.mjs'
import { FunctionFile } from './function-file.mjs'
import { Outcomes } from './outcomes.mjs'
import { childrenOf, commandOf, processesWith } from './processes.mjs'
import { randomFrom } from './random.mjs'
import { faults, table } from './report.mjs'
import { mark, Service } from './service.mjs'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const minutes = Number(values.minutes)
const seed = Number(values.seed)
if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('--minutes and --seed are numbers')

const patienceMs = 30_000
const random = randomFrom(seed)
const folder = mkdtempSync(join(tmpdir(), 'koa-alb-chaos-'))
const disk = mountDisk(join(folder, 'disk'))
if (!disk) console.warn('Without the right to mount a small disk, none is full')
const accessLog = join(folder, 'disk', 'access.txt')
const functionFolder = join(folder, 'disk', 'function')
mkdirSync(functionFolder)
// The configuration is beside the function.
const file = new FunctionFile(functionFolder)
const service = new Service(join(folder, 'disk'), accessLog, join(folder, 'terminal.txt'))
const outcomes = new Outcomes()
const unforeseen = []
const memory = []
service.on('line', (line) => {
  outcomes.note(line)
  if (line.includes('not foreseen')) unforeseen.push(line)
})

console.log(`Seed ${seed}, ${minutes} minutes; what it prints is in ${folder}`)
let isWell = false
try {
  isWell = await run()
} finally {
  service.kill()
  disk?.unmount()
  if (isWell) rmSync(folder, { recursive: true })
}
process.exitCode = isWell ? 0 : 1

async function run() {
  await service.started()
  limitDescriptors(service.pid)
  const sampling = setInterval(() => memory.push(service.residentMB()), 1000)
  const { pid, ports } = service
  const clients = createClients(ports)
  const stage = {
    pid,
    ports,
    clients,
    file,
    disk,
    accessLog,
    outcomes,
    actions: {},
    limits: [],
    requests: 0,
  }
  await actUntil(Date.now() + minutes * 60_000, stage, random)
  const last = await lastChange(stage)
  clearInterval(sampling)
  clients.close()
  memory.push(service.residentMB())
  // The guard has no environment to be known by.
  const children = childrenOf(pid)
  const stopped = await service.stop()
  outcomes.settle()
  const end = { ...last, stopped, ...(await left(children)), unforeseen }
  const result = { seed, minutes, outcomes, actions: stage.actions, memory, end }
  console.log(table(result))
  const found = faults(result)
  for (const fault of found) console.error(fault)
  return found.length === 0
}

/** Whether it is served, and the access log written, now that nothing goes wrong any more. */
async function lastChange(stage) {
  file.write('good')
  const until = Date.now() + patienceMs
  while (Date.now() < until) {
    const request = {
      ...requestOf(stage, random),
      kind: 'echo',
      method: 'POST',
      path: `/echo/${stage.requests}`,
    }
    const { status, body } = await ask(stage, 'HTTP/1', request)
    await setTimeout(500)
    const servesLastChange = status === 200 && JSON.parse(body.toString()).version === file.version
    const hasAccessLog = readFileSync(accessLog, 'utf8').includes(request.path)
    if (servesLastChange && hasAccessLog) return { servesLastChange, hasAccessLog }
  }
  return { servesLastChange: false, hasAccessLog: false }
}

/** What the end has left: it may take a moment until a killed process is gone. */
async function left(children) {
  const running = () => [
    ...new Set([...processesWith(mark), ...children.filter((pid) => commandOf(pid) !== '')]),
  ]
  const until = Date.now() + 5000
  while (running().length > 0 && Date.now() < until) await setTimeout(100)
  const orphans = running().map((pid) => `${pid} ${commandOf(pid)}`)
  const bundles = join(functionFolder, 'node_modules/.cache/koa-alb-local')
  return { orphans, files: [...filesIn(service.temporary), ...filesIn(bundles)] }
}

function filesIn(folder) {
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}
