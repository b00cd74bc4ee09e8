import { randomBytes } from 'node:crypto'
import { programTimeMs } from '../time/clock.ts'

/** The region of ARNs and variables, unless the environment says otherwise. */
export const defaultRegion = 'us-east-1'

export function functionArn(functionName: string, region = defaultRegion): string {
  return `arn:aws:lambda:${region}:123456789012:function:${functionName}`
}

export function logGroupName(functionName: string): string {
  return `/aws/lambda/${functionName}`
}

/** A new name, as each execution environment has one. */
export function logStreamName(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/')
  return `${day}/[$LATEST]${randomBytes(16).toString('hex')}`
}

/** A trace that is not sampled, as the service makes one up for each invocation. */
export function traceId(): string {
  const seconds = Math.floor(programTimeMs() / 1000).toString(16)
  const [root, parent] = [randomBytes(12).toString('hex'), randomBytes(8).toString('hex')]
  return `Root=1-${seconds}-${root};Parent=${parent};Sampled=0`
}
