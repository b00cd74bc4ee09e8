import { eventStaysAsItIs } from './event-stays-as-it-is.ts'
import type { ModuleCheck } from './module-check.ts'
import { nothingLeftOpen } from './nothing-left-open.ts'
import { overlappingEvents } from './overlapping-events.ts'
import { sameEventTwice } from './same-event-twice.ts'
import { takesTwoParameters } from './takes-two-parameters.ts'

/** All of them, by code. */
export const moduleChecks: readonly ModuleCheck[] = [
  takesTwoParameters,
  eventStaysAsItIs,
  sameEventTwice,
  overlappingEvents,
  nothingLeftOpen,
]
