import type { Plan } from './plan/plan.ts'

/** A port for each listener: this one and those after it, in the order of their own ports. 0 is any. */
export function listenerPorts(plan: Plan, first: number): Record<string, number> {
  return ports(plan, first, new Set(), () => false)
}

interface Open {
  readonly plan: Plan
  /** Where its listeners are open. */
  readonly urls: ReadonlyMap<string, string>
  /** What else is open here. */
  readonly other: string | undefined
}

/** The same for those that are not open yet: the ports of those that stay are passed over. */
export function newListenerPorts(plan: Plan, first: number, open: Open): Record<string, number> {
  const next = Object.entries(plan.configuration.listeners)
  const kept = Object.entries(open.plan.configuration.listeners).filter(([name, { Port }]) =>
    next.some(([other, listener]) => other === name || Number(listener.Port) === Number(Port)),
  )
  const taken = new Set(
    kept.map(([name]) => portIn(open.urls.get(name))).concat(portIn(open.other)),
  )
  return ports(plan, first, taken, (name, ownPort) =>
    kept.some(([other, { Port }]) => other === name || Number(Port) === ownPort),
  )
}

function ports(
  { configuration }: Plan,
  first: number,
  taken: ReadonlySet<number>,
  isOpen: (name: string, ownPort: number) => boolean,
): Record<string, number> {
  const ordered = Object.entries(configuration.listeners)
    .filter(([name, { Port }]) => !isOpen(name, Number(Port)))
    .sort(([, one], [, other]) => Number(one.Port) - Number(other.Port))
  let port = first
  return Object.fromEntries(
    ordered.map(([name]) => {
      if (first === 0) return [name, 0]
      while (taken.has(port)) port += 1
      port += 1
      return [name, port - 1]
    }),
  )
}

function portIn(url = 'http://127.0.0.1:0'): number {
  return Number(new URL(url).port)
}

/** What is said of a listener that listens. */
export function listenerLine(name: string, url: string, { configuration }: Plan): string {
  const listeners = Object.keys(configuration.listeners)
  if (listeners.length === 1) return `Listening on ${url}`
  return `Listening on ${url} (${name}, port ${configuration.listeners[name]?.Port})`
}

/** Why a listener cannot be opened. */
export function listenMessage(error: unknown, host: string): string {
  const { code, port = 0, message } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop what listens there, or choose another: --port ${port + 1}`
  }
  if (code === 'EACCES')
    return `Port ${port} is not for you to open. Choose one above 1023: --port 3000`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${host} is no address of this machine. Choose another: --host 127.0.0.1`
  }
  return message
}
