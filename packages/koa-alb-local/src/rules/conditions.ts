import type { Property } from '../properties/property.ts'
import { queryPairs } from '../request/query.ts'
import { type Pattern, readNetwork, toPattern } from './matchers.ts'
import { readRegex } from './regular-expression.ts'
import type { Condition, Routable } from './rule.ts'

/** A condition with what counts towards the limits of its rule. */
export interface ReadCondition extends Condition {
  readonly field: Field
  /** How many values and expressions are compared. */
  readonly evaluations: number
  readonly wildcards: number
}

export type Field = (typeof fields)[number]

const fields = [
  'host-header',
  'http-header',
  'http-request-method',
  'path-pattern',
  'query-string',
  'source-ip',
] as const

const valueLimit = 128

type Matcher = { readonly wildcards: number; matches(text: string): boolean }
type Read = Omit<ReadCondition, 'field' | 'text'>

/** @throws ConfigurationError naming the property that the API would refuse */
export function readCondition(property: Property): ReadCondition {
  const field = property.at('Field').oneOf(...fields)
  const read = readers[field](property)
  return { field, text: shownText(field, property), ...read }
}

const configNames: Readonly<Record<Field, string>> = {
  'host-header': 'HostHeaderConfig',
  'http-header': 'HttpHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'path-pattern': 'PathPatternConfig',
  'query-string': 'QueryStringConfig',
  'source-ip': 'SourceIpConfig',
}

function shownText(field: Field, property: Property): string {
  const config = property.at(configNames[field])
  const name = config.at('HttpHeaderName')
  const values = [config, property].flatMap((each) => [
    ...each.at('Values').items(),
    ...each.at('RegexValues').items(),
  ])
  const texts = values.map((value) => {
    if (field !== 'query-string') return String(value.value)
    const key = value.at('Key')
    return `${key.isPresent ? `${key.value}=` : ''}${value.at('Value').value}`
  })
  return [field, ...(name.isPresent ? [`${name.value}:`] : []), texts.join(', ')].join(' ')
}

const readers: Readonly<Record<Field, (property: Property) => Read>> = {
  'host-header': (property) => {
    const values = valuesOf(property, 'HostHeaderConfig').map((value) => {
      const pattern = /^[A-Za-z0-9*?-]*\.[A-Za-z0-9.*?-]*$/
      const allowed = 'a host name with at least one dot, of A-Z a-z 0-9 - . * ?'
      return toPattern(value.text({ most: valueLimit, pattern, allowed }), {
        ignoreCase: true,
        escapes: false,
      })
    })
    // A regular expression is compared with the host and the port that the client names.
    const patterns = values.map(({ wildcards, matches }) => {
      return { wildcards, matches: (host: string) => matches(withoutPort(host)) }
    })
    const regexes = regexesOf(property, 'HostHeaderConfig', { ignoreCase: true })
    return condition(property, [...patterns, ...regexes], ({ uri }) => [uri.host ?? ''])
  },
  'http-header': (property) => {
    const config = property.at('HttpHeaderConfig').required()
    const name = headerNameOf(config.at('HttpHeaderName')).toLowerCase()
    const values = config.at('Values').items().map(readEscapedPattern)
    const matchers = [...values, ...regexesOf(property, 'HttpHeaderConfig', { ignoreCase: true })]
    return condition(config, matchers, ({ head }) => head.values.get(name) ?? [])
  },
  'http-request-method': (property) => {
    const values = valuesOf(property, 'HttpRequestMethodConfig').map((value) => {
      const method = value.text({
        most: 40,
        pattern: /^[A-Z_-]+$/,
        allowed: 'a method of A-Z - _, without wildcards',
      })
      return { wildcards: 0, matches: (text: string) => text === method }
    })
    return condition(property, values, ({ head }) => [head.method])
  },
  'path-pattern': (property) => {
    const values = valuesOf(property, 'PathPatternConfig').map((value) => {
      const pattern = /^[A-Za-z0-9_.$/~"'@:+&*?-]+$/
      const allowed = 'a path of A-Z a-z 0-9 _ - . $ / ~ " \' @ : + & * ?'
      return toPattern(value.text({ most: valueLimit, pattern, allowed }), {
        ignoreCase: false,
        escapes: false,
      })
    })
    const matchers = [...values, ...regexesOf(property, 'PathPatternConfig')]
    return condition(property, matchers, ({ uri }) => [uri.path])
  },
  'query-string': readQueryString,
  'source-ip': (property) => {
    const networks = valuesOf(property, 'SourceIpConfig').map((value) => {
      const contains = readNetwork(value)
      return { wildcards: 0, matches: contains }
    })
    return condition(property, networks, ({ head }) => [head.connection.clientAddress])
  },
}

function readQueryString(property: Property): Read {
  const pairs = property.at('QueryStringConfig').at('Values').required().items()
  const matchers = pairs.map((pair) => ({
    key: pair.at('Key').isPresent ? readEscapedPattern(pair.at('Key')) : undefined,
    value: readEscapedPattern(pair.at('Value')),
  }))
  const wildcards = matchers.map(({ key, value }) => (key?.wildcards ?? 0) + value.wildcards)
  checkEvaluations(property, matchers.length)
  return {
    evaluations: matchers.length,
    wildcards: sum(wildcards),
    holds: ({ uri }) =>
      queryPairs(uri.query)
        .filter(([name, text]) => isComparable(name + text))
        .some(([name, text]) =>
          matchers.some(({ key, value }) => (!key || key.matches(name)) && value.matches(text)),
        ),
  }
}

function condition(
  property: Property,
  matchers: readonly Matcher[],
  texts: (request: Routable) => readonly string[],
): Read {
  checkEvaluations(property, matchers.length)
  return {
    evaluations: matchers.length,
    wildcards: sum(matchers.map(({ wildcards }) => wildcards)),
    holds: (request) =>
      texts(request)
        .filter(isComparable)
        .some((text) => matchers.some((matcher) => matcher.matches(text))),
  }
}

// AWS matches visible ASCII only and excludes control characters: no wildcard stands for another
// character. Whether an expression may match around one is not documented; here it may not.
function isComparable(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

// The page on conditions has a limit of three for each, too; the API refuses by the sum of the rule.
function checkEvaluations(property: Property, evaluations: number): void {
  if (evaluations === 0) throw property.error('ALB_ERR_MISSING_PROPERTY', 'has no values')
}

// The older form has the values beside the field, for host and path only; CloudFormation takes both.
function valuesOf(property: Property, config: string): Property[] {
  const values = property.at(config).at('Values')
  return (values.isPresent ? values : property.at('Values')).items()
}

function regexesOf(
  property: Property,
  config: string,
  options: { readonly ignoreCase?: boolean } = {},
): Matcher[] {
  const inner = property.at(config).at('RegexValues')
  const regexes = (inner.isPresent ? inner : property.at('RegexValues')).items()
  return regexes.map((each) => ({ wildcards: 0, ...readRegex(each, options) }))
}

function readEscapedPattern(property: Property): Pattern {
  const source = property.text({
    most: valueLimit,
    pattern: /^[\x20-\x7e]*$/,
    allowed: 'a text of visible ASCII characters',
  })
  return toPattern(source, { ignoreCase: true, escapes: true })
}

function headerNameOf(property: Property): string {
  const name = property.text({
    most: 40,
    pattern: /^[!#$%&'+.^_`|~0-9A-Za-z-]+$/,
    allowed: 'a header name without wildcards',
  })
  if (name.toLowerCase() !== 'host') return name
  throw property.invalid('another header: a host-header condition is for Host')
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
