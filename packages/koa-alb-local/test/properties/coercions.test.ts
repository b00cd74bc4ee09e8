import { describe, expect, it } from 'vitest'
import { Property } from '../../src/properties/property.ts'

const property = (value: unknown) => new Property(value, 'Value')

describe('as CloudFormation takes it', () => {
  it.each([
    [443, '443'],
    [true, 'true'],
    ['text', 'text'],
  ])('%j is the text %s', (value, expected) => {
    expect(property(value).text()).toBe(expected)
  })

  it.each([
    ['true', true],
    ['False', false],
    [false, false],
  ])('%j is the boolean %s', (value, expected) => {
    expect(property(value).boolean()).toBe(expected)
  })

  it('a number may be a text', () => {
    expect(property('443').integer({ least: 1, most: 500 })).toBe(443)
  })

  it('one text with commas is a list', () => {
    const items = property('a, b').items()
    expect(items.map((item) => item.text())).toEqual(['a', 'b'])
  })

  it('a boolean is on or off where those are the choices', () => {
    expect(property(false).oneOf('off', 'verify')).toBe('off')
    expect(property(true).oneOf('on', 'off')).toBe('on')
  })
})

it('an object is no text and no list', () => {
  expect(() => property({}).text()).toThrow('Value is {}, must be a text')
  expect(() => property({}).items()).toThrow('Value is {}, must be a list')
})
