import { expect, it } from 'vitest'
import { didYouMean } from '../../src/properties/nearest.ts'

it.each([
  ['another letter', 'Timeuot', ['Timeout', 'Handler'], '; did you mean Timeout?'],
  [
    'a letter that is missing',
    'targetGroup',
    ['targets', 'targetGroups'],
    '; did you mean targetGroups?',
  ],
  ['another case', 'timeout', ['Timeout'], '; did you mean Timeout?'],
  ['nothing near', 'Colour', ['Timeout', 'Handler'], ''],
  ['a part of one', 'rules', ['listeners', 'listenerRules'], '; did you mean listenerRules?'],
  ['a part of several', 'groups', ['targetGroups', 'securityGroups'], ''],
  ['one letter of one', 'x', ['y'], '; did you mean y?'],
])('is meant: %s', (_name, given, names, expected) => {
  expect(didYouMean(given, names)).toBe(expected)
})
