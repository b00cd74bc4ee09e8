// The table of a run, and what was not as it should be.

const protocols = ['HTTP/1', 'HTTP/1, TLS', 'HTTP/2']

export function table({ seed, minutes, outcomes, actions, memory, end }) {
  const kinds = [
    'answered',
    'its process killed: 502',
    'no descriptor: 502',
    'no descriptor: closed',
    'lost',
  ]
  return [
    `Seed ${seed}, ${minutes} minutes, Node ${process.version}`,
    '',
    row('Requests of clients that behave', ...protocols),
    ...kinds.map((kind) =>
      row(kind, ...protocols.map((name) => outcomes.counts[kind]?.[name] ?? 0)),
    ),
    '',
    'Done to it',
    ...Object.entries(actions)
      .sort()
      .map(([what, count]) => row(what, count)),
    '',
    'At the end',
    row('memory at most, MB', Math.max(...memory)),
    row('memory, MB', memory.at(-1)),
    row('serves the last change', end.servesLastChange),
    row('access log is written', end.hasAccessLog),
    row('exit status after Ctrl-C', end.stopped.status),
    row('milliseconds until then', end.stopped.ms),
    row('processes left', end.orphans.length),
    row('files left', end.files.length),
    row('lines "not foreseen"', end.unforeseen.length),
  ].join('\n')
}

/** Sentences; none when all was well. */
export function faults({ outcomes, actions, memory, end, limitMB = 150 }) {
  const killed = Object.values(outcomes.counts['its process killed: 502'] ?? {})
  const kills = actions['function process killed'] ?? 0
  const failed = killed.reduce((sum, count) => sum + count, 0)
  const found = [
    ...outcomes.lost.slice(0, 20).map((lost) => `lost: ${lost}`),
    failed > kills && `${kills} processes were killed, and ${failed} requests failed of it`,
    memory.at(-1) >= limitMB && `${memory.at(-1)} MB of memory; ${limitMB} are allowed`,
    !end.servesLastChange && 'the last change of the function is not served',
    !end.hasAccessLog && 'the access log has no line of the last request',
    end.stopped.status !== 0 && `ended with ${end.stopped.status} after Ctrl-C`,
    ...end.orphans.map((command) => `still running: ${command}`),
    ...end.files.map((file) => `left behind: ${file}`),
    ...end.unforeseen.slice(0, 20),
  ]
  return found.filter(Boolean)
}

function row(name, ...values) {
  return [name.padEnd(40), ...values.map((value) => String(value).padStart(12))].join('')
}
