import type { Plan } from './plan/plan.ts'

/**
 * A port for each listener that is not open: from this one on, in the order of their own ports, those
 * passed over that are taken. 0 is any free port.
 */
export function listenerPorts(
  { configuration }: Plan,
  first: number,
  taken: ReadonlySet<number>,
  isOpen: (name: string, ownPort: number) => boolean = () => false,
): Record<string, number> {
  const listeners = Object.entries(configuration.listeners)
  const ordered = listeners
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
