import type { ModuleCheck } from './module-check.ts'

const words: Readonly<Record<string, string>> = {
  Timeout: 'a timer',
  TCPSocketWrap: 'a connection',
  TCPServerWrap: 'a server',
  PipeWrap: 'a pipe',
  UDPWrap: 'a UDP socket',
  ProcessWrap: 'a process',
  Worker: 'a worker',
}

export const nothingLeftOpen: ModuleCheck = {
  code: 'ALB314',
  name: 'nothing is left open after the answer',
  severity: 'warning',
  remedy:
    'Await what has to be done before the answer, and clear timers: the process is frozen with the answer, and goes on with the next event or never.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html',
  judge: ({ left }) => left.map((kind) => `${words[kind] ?? kind} is open after the answer`),
}
