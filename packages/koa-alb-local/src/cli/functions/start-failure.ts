import { shownFailure } from '../../log/shown-failure.ts'
import type { InvocationFailure } from '../../targets/target.ts'
import { LoadError } from './bundle.ts'

export const notWanted: InvocationFailure = {
  errorReason: 'LambdaServiceException',
  detail: 'the start is no longer wanted',
}

export function createTarget<Kind>(create: () => Kind): Kind {
  try {
    return create()
  } catch (error) {
    throw new LoadError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** Why the function did not start; a stack of ours says nothing more. */
export function reasonOf({ detail, errorReason, cause }: InvocationFailure): string {
  const { headline, remedy, rest } = shownFailure(detail, cause)
  const isOfFunction = errorReason === 'LambdaUnhandled'
  return [headline, remedy, isOfFunction ? rest : undefined]
    .filter((line) => line !== undefined)
    .join('\n')
}
