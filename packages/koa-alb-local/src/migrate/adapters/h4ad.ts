import type { CallExpression, Node } from '@babel/types'
import type { Access } from '../source/imports.ts'
import { isPure, type Placed, parentOf, propertyName } from '../source/nodes.ts'
import { type Adapter, type Remark, type Surroundings, Undecided } from './adapter.ts'
import { argumentsOf } from './called.ts'

/** What may be said of the builder, and what that is with koa-alb. */
type ReadStep = (argument: Node, surroundings: Surroundings) => string | undefined

const steps: Readonly<Record<string, ReadStep>> = {
  setFramework: made(
    ['KoaFramework', 'ExpressFramework', 'FastifyFramework', 'PolkaFramework'],
    'koa-alb takes Koa apps, request listeners and instances of Fastify and NestJS',
  ),
  setHandler: made(['DefaultHandler'], 'koa-alb answers Lambda alone, with whole responses'),
  setResolver: made(
    ['PromiseResolver', 'CallbackResolver', 'AwsContextResolver'],
    'the handler of koa-alb returns a promise',
  ),
  addAdapter: made(['AlbAdapter'], 'koa-alb answers the events of load balancers alone'),
  setBinarySettings: pure('whether a body travels as text or as base64 is decided by its bytes'),
  setLogger: pure('koa-alb writes no log'),
  setRespondWithErrors(argument) {
    if (argument.type === 'BooleanLiteral' && !argument.value) {
      return 'an invocation that fails rejects'
    }
    throw new Undecided(
      argument,
      'an invocation that fails rejects, and the client gets 502: onError of koa-alb may answer instead',
    )
  },
}

export const h4ad: Adapter = {
  packages: ['@h4ad/serverless-adapter'],
  modules: /^@h4ad\/serverless-adapter(?:\/|$)/,
  page: 'h4ad.md',
  convert(access, surroundings) {
    if (access.imported === 'getCurrentInvoke') {
      throw new Undecided(
        access.node,
        'the event belongs to a request: hand the request to where this is, and take invocation(req) of koa-alb, which has event and context',
      )
    }
    const start = chainStart(access)
    if (!start) return undefined
    const [app] = argumentsOf(start.node, 1)
    if (!app || app.type === 'NullLiteral') {
      throw new Undecided(start.node, 'there is no app that could be given to koa-alb')
    }
    const notes: Remark[] = []
    const call = followChain(start, (name, step) => {
      const note = readStep(name, step, surroundings)
      if (note) notes.push({ node: step, message: note })
    })
    return { call, app, kept: 'app-alone', notes }
  },
  uses: [],
}

/** `ServerlessAdapter.new(app)` of the access to `ServerlessAdapter`. */
function chainStart(access: Access): Placed<CallExpression> | undefined {
  const member = parentOf(access)
  if (access.imported !== 'ServerlessAdapter' || !member) return undefined
  const call = parentOf(member)
  if (propertyName(member.node) !== 'new' || call?.node.type !== 'CallExpression') return undefined
  return call.node.callee === member.node
    ? { node: call.node, ancestors: call.ancestors }
    : undefined
}

/** The call of `build` at the end. @throws Undecided */
function followChain(
  start: Placed<CallExpression>,
  onStep: (name: string, call: CallExpression) => void,
): Placed<CallExpression> {
  let last = start
  for (;;) {
    const member = parentOf(last)
    const name = member && propertyName(member.node)
    const call = member && parentOf(member)
    if (call?.node.type !== 'CallExpression' || call.node.callee !== member?.node) {
      throw new Undecided(last.node, 'the chain does not end with build() here')
    }
    last = { node: call.node, ancestors: call.ancestors }
    if (name === 'build') return last
    onStep(name ?? '', call.node)
  }
}

function readStep(
  name: string,
  call: CallExpression,
  surroundings: Surroundings,
): string | undefined {
  const read = Object.hasOwn(steps, name) ? steps[name] : undefined
  const [argument] = call.arguments
  if (!read || !argument || call.arguments.length > 1) {
    throw new Undecided(call, `${name || 'a step of the chain'} is not known here`)
  }
  const reason = read(argument, surroundings)
  return reason && `${name} is left out: ${reason}`
}

/** `new Name()` of the package, without arguments. */
function made(classes: readonly string[], otherwise: string): ReadStep {
  return (argument, { accessOf }) => {
    const isPlain = argument.type === 'NewExpression' && argument.arguments.length === 0
    const callee = isPlain ? argument.callee : undefined
    const name = callee && accessOf(callee)?.imported
    if (name !== undefined && classes.includes(name)) return undefined
    throw new Undecided(argument, otherwise)
  }
}

function pure(reason: string): ReadStep {
  return (argument) => {
    if (isPure(argument)) return reason
    throw new Undecided(argument, 'it would go, but making its value may do something')
  }
}
