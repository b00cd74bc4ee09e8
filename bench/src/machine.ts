import { cpus, loadavg, totalmem } from 'node:os'
import { versionOf } from './bundle.ts'
import type { Contestant } from './contestants/contestants.ts'
import type { Results } from './results.ts'

export function versionsOf(chosen: readonly Contestant[]): Record<string, string> {
  const adapters = chosen.filter(({ role }) => role === 'ours' || role === 'adapter')
  const frameworks = ['koa', 'esbuild', 'hono', 'fastify']
  const names = [...frameworks, ...adapters.map(({ title }) => title), '@fastify/aws-lambda']
  return Object.fromEntries(names.map((name) => [name, versionOf(name)]))
}

export function machine(): Results['machine'] {
  const model = cpus()[0]?.model ?? 'unknown'
  return { cpu: model, cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) }
}

/** The one-minute average, to the second decimal. */
export function load(): number {
  return Number((loadavg()[0] ?? 0).toFixed(2))
}
