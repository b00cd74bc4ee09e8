import { issuerOf } from '../../actions/authenticate.ts'
import type { ApplicationLoadBalancerOptions } from '../../configuration/configuration.ts'
import type { Property } from '../../properties/property.ts'
import { addSelfSigned, selfSignedCertificate } from './certificate.ts'
import type { StandIns } from './stand-ins.ts'

interface CompleteStandIns {
  readonly configuration: Pick<
    ApplicationLoadBalancerOptions,
    'certificates' | 'identityKey' | 'keySets' | 'trustStores' | 'users'
  >
  /** What nobody gave, a line for each. */
  readonly notes: readonly string[]
}

/**
 * What listeners and rules need of AWS, so that a template starts without any of it: nobody is signed
 * in, no token and no client certificate is valid, certificates are self-signed.
 */
export async function completeStandIns(
  given: Partial<StandIns>,
  routing: Property,
): Promise<CompleteStandIns> {
  const { certificates = {}, trustStores = {}, users = {}, keySets = {}, identityKey } = given
  const missing = missingOf(routing)
  const notes: string[] = []
  const complete = <Value>(
    values: Record<string, Value>,
    names: ReadonlySet<string>,
    usual: Value,
    note: (name: string) => string,
  ): Record<string, Value> => {
    const absent = [...names].filter((name) => !Object.hasOwn(values, name))
    notes.push(...absent.map((name) => `${note(name)}, in a file for --config`))
    return { ...Object.fromEntries(absent.map((name) => [name, usual])), ...values }
  }
  const { cert } =
    missing.trustStores.size > 0 ? await selfSignedCertificate('trust store') : { cert: '' }
  return {
    configuration: {
      users: complete(users, missing.users, null, (name) => {
        return `Nobody is signed in at ${name}: give a user in users`
      }),
      keySets: complete(keySets, missing.keySets, { keys: [] }, (name) => {
        return `No token is valid by the keys of ${name}: give them in keySets`
      }),
      // One that nobody has signed anything with.
      trustStores: complete(trustStores, missing.trustStores, cert, (name) => {
        return `No client certificate is valid by ${name}: give its authorities in trustStores`
      }),
      ...(identityKey !== undefined && { identityKey }),
      certificates: await addSelfSigned(certificates, routing),
    },
    notes,
  }
}

interface Names {
  readonly users: ReadonlySet<string>
  readonly keySets: ReadonlySet<string>
  readonly trustStores: ReadonlySet<string>
}

function missingOf(routing: Property): Names {
  const listeners = routing.at('listeners').entries()
  const rules = routing.at('listenerRules').entries()
  const actions = [
    ...listeners.flatMap(([, listener]) => listener.at('DefaultActions').items()),
    ...rules.flatMap(([, rule]) => rule.at('Actions').items()),
  ]
  const users = actions.flatMap((action) => {
    const [oidc, cognito] = [
      action.at('AuthenticateOidcConfig'),
      action.at('AuthenticateCognitoConfig'),
    ]
    if (oidc.isPresent) return [issuerOf(oidc, 'oidc')]
    return cognito.isPresent ? [issuerOf(cognito, 'cognito')] : []
  })
  return {
    users: new Set(users),
    keySets: namesAt(actions, 'JwtValidationConfig', 'JwksEndpoint'),
    trustStores: namesAt(
      listeners.map(([, listener]) => listener),
      'MutualAuthentication',
      'TrustStoreArn',
    ),
  }
}

function namesAt(parents: readonly Property[], field: string, name: string): Set<string> {
  const found = parents.map((parent) => parent.at(field).at(name)).filter((each) => each.isPresent)
  return new Set(found.map((each) => each.text()))
}
