import { expect, it } from 'vitest'
import { type Contestant, contestants } from '../src/contestants/contestants.ts'
import type { Handler } from '../src/contestants/wrap.ts'
import { judge } from '../src/judge.ts'
import { type Mode, modes } from '../src/scenarios/scenario.ts'
import { scenarioIds, toScenario } from '../src/scenarios/scenarios.ts'
import { invoke, toInvocation } from '../src/worker/time.ts'

const others = ['overlap', 'download-1000', 'upload-1000']

// @h4ad/serverless-adapter encodes the query again, which arrives encoded: its answer is refused.
const knownWrong: Readonly<Record<string, string[]>> = { h4ad: ['fields single', 'fields multi'] }

it.each(contestants)('$id answers every scenario right, but for what is known', async (one) => {
  const wrong: string[] = []
  for (const scenario of [...scenarioIds, ...others]) {
    for (const mode of modes)
      if (await verdict(one, scenario, mode)) wrong.push(`${scenario} ${mode}`)
  }
  expect(wrong).toEqual(knownWrong[one.id] ?? [])
})

async function verdict(one: Contestant, id: string, mode: Mode): Promise<string | undefined> {
  const { wrap } = await import(`../src/contestants/${one.id}.ts`)
  const { createApp } = await import(`../src/contestants/${one.family}.ts`)
  const handler: Handler = await wrap(await createApp(id), mode)
  return judge(toScenario(id), mode, await invoke(toInvocation(handler, { scenario: id, mode })))
}
