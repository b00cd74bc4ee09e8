import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { writeIn } from './folder.ts'

/** A function that answers with a number of its environment, and with a variable. */
export const numbered = `const id = Math.random()
export const handler = async () => ({
  statusCode: 200,
  headers: { 'content-type': 'text/plain' },
  body: id + ' ' + process.env.GREETING,
})
`

interface Parts {
  readonly listeners?: object
  readonly listenerRules?: object
  readonly functions?: Readonly<Record<string, object>>
  readonly others?: object
}

/** A configuration file whose listener `Web` calls the first function; each has a target group of its name. */
export function configuration({
  listeners = {},
  listenerRules = {},
  functions = { Orders: {} },
  others = {},
}: Parts = {}): string {
  const ids = Object.keys(functions)
  return JSON.stringify({
    listeners: { Web: listener(80, forwardTo(ids[0] ?? '')), ...listeners },
    listenerRules,
    targetGroups: Object.fromEntries(
      ids.map((id) => [id, { TargetType: 'lambda', Targets: [{ Id: id }] }]),
    ),
    functions: Object.fromEntries(
      ids.map((id) => [id, { Handler: 'lambda.handler', ...functions[id] }]),
    ),
    ...others,
  })
}

export function listener(port: number, action: object): object {
  return { Port: port, Protocol: 'HTTP', DefaultActions: [action] }
}

export function forwardTo(group: string): object {
  return { Type: 'forward', TargetGroupArn: group }
}

export function fixed(status: number): object {
  return { Type: 'fixed-response', FixedResponseConfig: { StatusCode: String(status) } }
}

/** A rule on `Web`. */
export function rule(path: string, action: object): object {
  return {
    ListenerArn: 'Web',
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', Values: [path] }],
    Actions: [action],
  }
}

export function writeConfiguration(folder: string, parts?: Parts): Promise<void> {
  return replaceIn(folder, 'local.json', configuration(parts))
}

/** Writes a file so that nobody sees half of it. */
export async function replaceIn(folder: string, name: string, text: string): Promise<void> {
  await writeIn(folder, `${name}.next`, text)
  await rename(join(folder, `${name}.next`), join(folder, name))
}
