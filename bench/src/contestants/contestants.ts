/** Who is measured; the file named `id` beside this one wraps an app of its family. */
export interface Contestant {
  readonly id: string
  readonly title: string
  /** Where the apps come from: apps/<family>.ts. */
  readonly family: 'koa' | 'hono' | 'fastify' | 'constant'
  readonly role: 'ours' | 'adapter' | 'floor' | 'orientation'
  /** Whose version is reported. */
  readonly package?: string
  readonly minimumNodeMajor?: number
}

export const contestants: readonly Contestant[] = [
  { id: 'koa-alb', title: 'koa-alb', family: 'koa', role: 'ours', package: 'koa-alb' },
  {
    id: 'serverless-http',
    title: 'serverless-http',
    family: 'koa',
    role: 'adapter',
    package: 'serverless-http',
  },
  {
    id: 'codegenie',
    title: '@codegenie/serverless-express',
    family: 'koa',
    role: 'adapter',
    package: '@codegenie/serverless-express',
    minimumNodeMajor: 24,
  },
  {
    id: 'vendia',
    title: '@vendia/serverless-express',
    family: 'koa',
    role: 'adapter',
    package: '@vendia/serverless-express',
  },
  {
    id: 'h4ad',
    title: '@h4ad/serverless-adapter',
    family: 'koa',
    role: 'adapter',
    package: '@h4ad/serverless-adapter',
  },
  { id: 'plain-objects', title: 'floor: Koa on plain objects', family: 'koa', role: 'floor' },
  { id: 'node-classes', title: "floor: Koa on Node's classes", family: 'koa', role: 'floor' },
  { id: 'constant', title: 'floor: constant document', family: 'constant', role: 'floor' },
  {
    id: 'hono',
    title: 'Hono, hono/aws-lambda',
    family: 'hono',
    role: 'orientation',
    package: 'hono',
  },
  {
    id: 'fastify',
    title: 'Fastify, @fastify/aws-lambda',
    family: 'fastify',
    role: 'orientation',
    package: '@fastify/aws-lambda',
  },
]

export const contestantIds: readonly string[] = contestants.map(({ id }) => id)
