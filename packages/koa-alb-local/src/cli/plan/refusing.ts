import { Refusal } from '../../answer/refusal.ts'
import type { Target } from '../../targets/target.ts'

/** Answers 503, as a target group without targets does, and says why. */
export function refusing(reason: string): Target {
  return { invoke: () => Promise.reject(new Refusal(503, reason)) }
}
