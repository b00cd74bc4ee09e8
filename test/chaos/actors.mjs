// Who acts on the load balancer at the same time, each with random numbers of its own, until it is over.
import { truncateSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { breakOff } from './broken-clients.mjs'
import { killFunctionProcess, withoutDescriptors } from './disturbances.mjs'

const protocols = ['HTTP/1', 'HTTP/1, TLS', 'HTTP/2']
const shapes = ['good', 'good', 'good', 'does not build', 'does not start', 'hangs at start']

/** Starts them all; settles when the time is over and each request has its answer. */
export async function actUntil(until, stage, random) {
  const { actions } = stage
  const every = async (leastMs, mostMs, act) => {
    const own = random.fork()
    while (true) {
      await setTimeout(Math.min(own.integer(leastMs, mostMs), Math.max(0, until - Date.now())))
      if (Date.now() >= until) return
      await act(own)
    }
  }
  const did = (what) => {
    actions[what] = (actions[what] ?? 0) + 1
  }
  await Promise.all([
    ...[...protocols, ...protocols].map((protocol) =>
      every(0, 50, (own) => ask(stage, protocol, requestOf(stage, own))),
    ),
    ...Array.from({ length: 4 }, () =>
      every(0, 200, async (own) =>
        did(`client that breaks off: ${await breakOff(stage.ports, own)}`),
      ),
    ),
    every(20_000, 40_000, async (own) => {
      did('burst of 100 requests')
      await burst(stage, own)
    }),
    every(2000, 8000, (own) => did(reload(stage, own))),
    every(500, 3000, (own) => {
      if (killFunctionProcess(stage.pid, own)) did('function process killed')
    }),
    every(20_000, 40_000, (own) => fullDisk(stage, own, did)),
    every(40_000, 70_000, async (own) => {
      did('descriptor limit')
      await noDescriptors(stage, own)
    }),
  ])
}

async function burst(stage, random) {
  const requests = Array.from({ length: 100 }, () => requestOf(stage, random))
  await Promise.all(requests.map((request) => ask(stage, random.of(protocols), request)))
}

/** Sends the request and notes what became of it. */
export async function ask(stage, protocol, request) {
  const startedAt = Date.now()
  const answer = await stage.clients[protocol](request).catch((error) => ({ error }))
  stage.outcomes.add(protocol, request, answer, {
    latestVersion: stage.file.version,
    hadNoDescriptors: stage.limits.some(
      // What was refused then may be told a moment later.
      ({ from, to = Date.now() }) => startedAt <= to + 1000 && from <= Date.now(),
    ),
  })
  return answer
}

/** @returns a request that has an answer of its own */
export function requestOf(stage, random) {
  stage.requests += 1
  const id = String(stage.requests)
  const kind = random.of(['echo', 'echo', 'echo', 'echo', 'slow', 'slow', 'large', 'child'])
  const query = kind === 'slow' ? `?ms=${random.integer(50, 1500)}` : ''
  const size = random.chance(0.1) ? 100_000 : 2000
  return {
    id,
    kind,
    method: 'POST',
    path: `/${kind}/${id}${query}`,
    body: random.bytes(random.integer(0, size)),
  }
}

function reload({ file }, random) {
  const shape = random.of(shapes)
  try {
    file.write(shape, random.chance(0.7))
    return `function changed: ${shape}`
  } catch {
    return 'function not changed: disk full'
  }
}

async function fullDisk({ disk, accessLog }, random, did) {
  if (!disk) return
  did('full disk')
  await disk.fill(random.integer(3000, 6000))
  // It is a small disk.
  truncateSync(accessLog)
}

async function noDescriptors({ pid, limits }, random) {
  const limit = { from: Date.now() }
  limits.push(limit)
  await withoutDescriptors(pid, random.integer(0, 40), random.integer(3000, 5000))
  limit.to = Date.now()
}
