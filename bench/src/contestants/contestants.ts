/** Who is measured; the file named `id` beside this one wraps an app of its family. */
export interface Contestant {
  readonly id: string
  /** Of an adapter: its package. */
  readonly title: string
  /** Where the apps come from: the file of this name. */
  readonly family: 'koa' | 'hono' | 'fastify' | 'constant'
  readonly role: 'ours' | 'adapter' | 'floor' | 'orientation'
  readonly minimumNodeMajor?: number
}

export const contestants: readonly Contestant[] = [
  { id: 'koa-alb', title: 'koa-alb', family: 'koa', role: 'ours' },
  { id: 'serverless-http', title: 'serverless-http', family: 'koa', role: 'adapter' },
  {
    id: 'codegenie',
    title: '@codegenie/serverless-express',
    family: 'koa',
    role: 'adapter',
    minimumNodeMajor: 24,
  },
  { id: 'vendia', title: '@vendia/serverless-express', family: 'koa', role: 'adapter' },
  { id: 'h4ad', title: '@h4ad/serverless-adapter', family: 'koa', role: 'adapter' },
  { id: 'plain-objects', title: 'floor: Koa on plain objects', family: 'koa', role: 'floor' },
  { id: 'node-classes', title: "floor: Koa on Node's classes", family: 'koa', role: 'floor' },
  { id: 'constant', title: 'floor: constant document', family: 'constant', role: 'floor' },
  { id: 'hono', title: 'Hono, hono/aws-lambda', family: 'hono', role: 'orientation' },
  { id: 'fastify', title: 'Fastify, @fastify/aws-lambda', family: 'fastify', role: 'orientation' },
]

export const contestantIds: readonly string[] = contestants.map(({ id }) => id)
