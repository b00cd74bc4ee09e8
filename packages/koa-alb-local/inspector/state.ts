import { computed, effect, signal } from '@preact/signals'
import type { ExchangeSummary, ShownExchange } from '../src/inspector/shown-exchange.ts'
import { ask, follow } from './client.ts'

const mostShown = 500

export const exchanges = signal<readonly ExchangeSummary[]>([])
export const selectedId = signal<number | undefined>(undefined)
export const selected = signal<ShownExchange | undefined>(undefined)
export const isPaused = signal(false)
export const isConnected = signal(true)
export const message = signal('')
/** How often the load balancer has become another. */
export const changes = signal(0)
/** What stands over the page: nothing, the help, or what to send. */
export const dialog = signal<'compare' | 'edit' | 'help' | undefined>(undefined)
export const view = signal<'exchanges' | 'load-balancer'>('exchanges')

export const filter = {
  text: signal(''),
  method: signal(''),
  status: signal(''),
  group: signal(''),
  notableOnly: signal(false),
}

/** What happened while the list was paused. */
const held = signal<readonly ExchangeSummary[]>([])
export const heldCount = computed(() => {
  const ids = new Set(exchanges.value.map(({ id }) => id))
  return held.value.filter(({ id }) => !ids.has(id)).length
})

export const shown = computed(() => {
  const text = filter.text.value.toLowerCase()
  return exchanges.value.filter(
    ({ method, target, status, targetGroup, isNotable, errorReason = '' }) =>
      `${method} ${target} ${status ?? ''} ${errorReason}`.toLowerCase().includes(text) &&
      (filter.method.value === '' || method === filter.method.value) &&
      (filter.status.value === '' || String(status ?? '').startsWith(filter.status.value)) &&
      (filter.group.value === '' || targetGroup === filter.group.value) &&
      (!filter.notableOnly.value || isNotable),
  )
})

export const methods = computed(() => distinct(exchanges.value.map(({ method }) => method)))
export const groups = computed(() =>
  distinct(exchanges.value.map(({ targetGroup }) => targetGroup)),
)

/** Loads what there is and follows what comes. */
export function begin(): void {
  follow({
    onState(connected) {
      // What happened before is nowhere else.
      if (connected) void load()
      isConnected.value = connected
    },
    onLoadBalancer() {
      changes.value += 1
    },
    onExchanges(news) {
      receive(news)
      // The one that is looked at may be over now.
      if (news.some(({ id }) => id === selectedId.value)) void loadSelected()
    },
  })
  effect(() => {
    if (isPaused.value || held.value.length === 0) return
    exchanges.value = merged(exchanges.peek(), held.value)
    held.value = []
  })
}

export function select(id: number | undefined): void {
  if (id !== selectedId.value) selected.value = undefined
  selectedId.value = id
  void loadSelected()
}

/** One further down the list, or up. */
export function move(steps: 1 | -1): void {
  const ids = shown.value.map(({ id }) => id)
  const at = selectedId.value === undefined ? -1 : ids.indexOf(selectedId.value)
  const next = ids[Math.max(0, Math.min(ids.length - 1, at + steps))]
  if (next !== undefined) select(next)
}

export async function clear(): Promise<void> {
  await attempt(() => ask('/exchanges', { method: 'DELETE' }))
  held.value = []
  exchanges.value = []
  select(undefined)
}

/** Does it, and says what went wrong. */
export async function attempt<Result>(action: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await action()
  } catch (error) {
    message.value = error instanceof Error ? error.message : String(error)
    return undefined
  }
}

/** Shows answers, but none that a later question has overtaken. */
export function inOrder<Answer>(
  show: (answer: Answer) => void,
): (question: () => Promise<Answer>) => Promise<void> {
  let lastAsked = 0
  let lastShown = 0
  return async (question) => {
    lastAsked += 1
    const asked = lastAsked
    const answer = await attempt(question)
    if (answer === undefined || asked < lastShown) return
    lastShown = asked
    show(answer)
  }
}

async function load(): Promise<void> {
  const answer = await attempt(() => ask<{ exchanges: ExchangeSummary[] }>('/exchanges'))
  if (answer) receive(answer.exchanges)
}

function receive(news: readonly ExchangeSummary[]): void {
  if (isPaused.value) held.value = merged(held.value, news)
  else exchanges.value = merged(exchanges.value, news)
}

const showSelected = inOrder<{ id: number; exchange: ShownExchange }>((answer) => {
  if (answer.id === selectedId.value) selected.value = answer.exchange
})

async function loadSelected(): Promise<void> {
  const id = selectedId.value
  if (id === undefined) return
  await showSelected(async () => ({ id, exchange: await ask<ShownExchange>(`/exchanges/${id}`) }))
}

function merged(
  before: readonly ExchangeSummary[],
  news: readonly ExchangeSummary[],
): readonly ExchangeSummary[] {
  const byId = new Map(before.map((each) => [each.id, each]))
  for (const each of news) if (!isOlder(each, byId.get(each.id))) byId.set(each.id, each)
  return [...byId.values()].sort((one, other) => other.id - one.id).slice(0, mostShown)
}

/** The list and the news may overtake each other: what is over does not begin again. */
function isOlder(one: ExchangeSummary, other: ExchangeSummary | undefined): boolean {
  return other?.isOver === true && !one.isOver
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))].sort()
}
