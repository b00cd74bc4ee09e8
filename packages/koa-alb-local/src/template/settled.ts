import { asObject, type TemplateObject } from './read-template.ts'
import { Unknown } from './unknown.ts'

/** A value of a resource that is not known, and its place: `Conditions[0].Values[1]`. */
export interface Missing {
  readonly path: string
  readonly value: Unknown
}

// These refer to something by a name, which may as well be a foreign one.
const references =
  /(?:^|\.)(?:CertificateArn|FunctionName|Id|ListenerArn|LoadBalancerArn|TargetGroupArn|TrustStoreArn)$/

// Any text is good for these.
const texts =
  /(?:^|\.)(?:Variables\.[^.]+|ClientId|ClientSecret|Issuer|MessageBody|UserPoolClientId|UserPoolDomain)$/

/** Resolved properties apart from what is not known, which is left out of them. */
export function settled(resolved: unknown): {
  properties: TemplateObject
  missing: readonly Missing[]
} {
  const missing: Missing[] = []
  const settle = (value: unknown, path: string): unknown => {
    if (value instanceof Unknown) {
      const text = textFor(value, path)
      if (text === undefined) missing.push({ path, value })
      return text
    }
    if (Array.isArray(value)) {
      const items = value.map((each, index) => settle(each, `${path}[${index}]`))
      return items.filter((each) => each !== undefined)
    }
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([name, each]) => {
      return [name, settle(each, path === '' ? name : `${path}.${name}`)] as const
    })
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined))
  }
  return { properties: asObject(settle(resolved, '')), missing }
}

function textFor(value: Unknown, path: string): string | undefined {
  if (references.test(path)) return value.standIn() ?? value.name
  return texts.test(path) ? value.standIn() : undefined
}
