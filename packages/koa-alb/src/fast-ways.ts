/**
 * The ways that are faster than Node's own, each behind this question and behind what it needs of
 * Node. What a client sees must not depend on the answer: the suites run with each way left out, too
 * (`npm run slow-ways`), for which vitest.config.ts puts another answer here. Users have no switch.
 */
export function isTaken(_way: FastWay): boolean {
  return true
}

export type FastWay = 'plain-head' | 'shaped-fields' | 'base64-at-once'
