import { healthCheckIsOn } from './health-check-is-on.ts'
import { logsAreKeptForATime } from './logs-are-kept-for-a-time.ts'
import { mayBeCalled } from './may-be-called.ts'
import { multiValueIsOn } from './multi-value-is-on.ts'
import { permissionHasASource } from './permission-has-a-source.ts'
import { permissionHasAnAccount } from './permission-has-an-account.ts'
import { runtimeIsNoPreview } from './runtime-is-no-preview.ts'
import { runtimeIsNode } from './runtime-is-node.ts'
import { runtimeIsSupported } from './runtime-is-supported.ts'
import type { TemplateCheck } from './template-check.ts'
import { timeoutInRange } from './timeout-in-range.ts'

/** All of them, by code. */
export const templateChecks: readonly TemplateCheck[] = [
  mayBeCalled,
  permissionHasASource,
  permissionHasAnAccount,
  healthCheckIsOn,
  multiValueIsOn,
  timeoutInRange,
  runtimeIsSupported,
  runtimeIsNode,
  logsAreKeptForATime,
  runtimeIsNoPreview,
]
