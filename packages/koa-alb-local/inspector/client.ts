import type { ExchangeSummary } from '../src/inspector/shown-exchange.ts'

const storageKey = 'koa-alb-inspector-token'

/** The token, which does not stay in the address bar: histories and screenshots would have it. */
const token = takeToken()

function takeToken(): string {
  const url = new URL(location.href)
  const given = url.searchParams.get('token')
  if (given !== null) {
    sessionStorage.setItem(storageKey, given)
    url.searchParams.delete('token')
    history.replaceState(null, '', url)
  }
  return given ?? sessionStorage.getItem(storageKey) ?? ''
}

/** JSON of a path below `/api`. Rejects with what the inspector says is wrong. */
export async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await call(path, init)
  return response.json()
}

export async function askText(path: string): Promise<string> {
  return (await call(path)).text()
}

export function post<Answer>(path: string, body: unknown): Promise<Answer> {
  return ask(path, { method: 'POST', body: JSON.stringify(body) })
}

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`/api${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}` },
  })
  if (response.ok) return response
  const { error = response.statusText }: { error?: string } = await response
    .json()
    .catch(() => ({}))
  throw new Error(error)
}

interface Listeners {
  onExchanges(exchanges: ExchangeSummary[]): void
  onState(isConnected: boolean): void
  onLoadBalancer(): void
}

/** Calls back with what is new, for as long as the page is there. */
export function follow({ onExchanges, onState, onLoadBalancer }: Listeners): void {
  const source = new EventSource(`/api/events?token=${encodeURIComponent(token)}`)
  source.addEventListener('open', () => onState(true))
  source.addEventListener('error', () => onState(false))
  source.addEventListener('load-balancer', onLoadBalancer)
  source.addEventListener('exchanges', ({ data }) => onExchanges(JSON.parse(data)))
}
