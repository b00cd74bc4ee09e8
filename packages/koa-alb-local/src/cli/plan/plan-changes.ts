import { isDeepStrictEqual } from 'node:util'
import type { FunctionSettings } from '../functions/function-settings.ts'
import { isSameFunction } from '../functions/same-function.ts'
import type { Plan } from './plan.ts'

type Named = ReadonlyMap<string, unknown>
type IsSame = (one: unknown, other: unknown) => boolean

interface Kind {
  readonly one: string
  readonly many: string
  /** What is said of one that is another than before. */
  readonly changed: string
}

const changed = 'changed'
const kinds: Readonly<Record<string, Kind>> = {
  listeners: { one: 'listener', many: 'listeners', changed },
  listenerRules: { one: 'rule', many: 'rules', changed },
  targetGroups: { one: 'target group', many: 'target groups', changed },
  certificates: { one: 'certificate', many: 'certificates', changed: 'renewed' },
  listenerCertificates: { one: 'certificate list', many: 'certificate lists', changed },
  trustStores: { one: 'trust store', many: 'trust stores', changed },
  users: { one: 'user of', many: 'users of', changed },
  keySets: { one: 'key set', many: 'key sets', changed },
  servers: { one: 'servers of', many: 'servers of', changed },
}
const functions: Kind = { one: 'function', many: 'functions', changed: 'started anew' }
const mostNamed = 3

/** Whether the two serve the same. What stands for functions that cannot be called is in the notes. */
export function isSamePlan(one: Plan, other: Plan): boolean {
  const { notes, functions: own, configuration } = one
  return (
    isDeepStrictEqual(notes, other.notes) &&
    isDeepStrictEqual(one.invoked, other.invoked) &&
    isDeepStrictEqual(
      { ...configuration, targets: Object.keys(configuration.targets ?? {}) },
      { ...other.configuration, targets: Object.keys(other.configuration.targets ?? {}) },
    ) &&
    own.size === other.functions.size &&
    [...own].every(([id, settings]) => {
      const same = other.functions.get(id)
      return same !== undefined && isSameFunction(settings, same)
    })
  )
}

/** What is different in a plan, in a few words for each. */
export function planChanges(before: Plan, after: Plan): string[] {
  const named = Object.entries(kinds).flatMap(([key, kind]) =>
    changesOf(kind, namedIn(before, key), namedIn(after, key), isDeepStrictEqual),
  )
  const isSame = (one: unknown, other: unknown): boolean =>
    // Both are of the plans' functions.
    isSameFunction(one as FunctionSettings, other as FunctionSettings)
  const attributes = isDeepStrictEqual(
    before.configuration.loadBalancer,
    after.configuration.loadBalancer,
  )
  return [
    ...(attributes ? [] : ['load balancer changed']),
    ...named,
    ...changesOf(functions, before.functions, after.functions, isSame),
  ]
}

function namedIn({ configuration }: Plan, key: string): Named {
  const values: unknown = Object.entries(configuration).find(([name]) => name === key)?.[1]
  return new Map(Object.entries(Object(values)))
}

function changesOf(kind: Kind, before: Named, after: Named, isSame: IsSame): string[] {
  const added = [...after.keys()].filter((name) => !before.has(name))
  const removed = [...before.keys()].filter((name) => !after.has(name))
  const others = [...after.keys()].filter(
    (name) => before.has(name) && !isSame(before.get(name), after.get(name)),
  )
  return [
    ...said(kind, added, 'added'),
    ...said(kind, others, kind.changed),
    ...said(kind, removed, 'removed'),
  ]
}

function said({ one, many }: Kind, names: readonly string[], what: string): string[] {
  if (names.length === 0) return []
  if (names.length > mostNamed) return [`${names.length} ${many} ${what}`]
  return [`${names.length === 1 ? one : many} ${names.join(' and ')} ${what}`]
}
