import { createIdentitySigner, type IdentitySigner } from './actions/identity-signer.ts'
import type { ApplicationLoadBalancerOptions } from './configuration/configuration.ts'
import { type Configuration, readConfiguration } from './configuration/read-configuration.ts'
import { identityKeyProblem } from './connections/certificate-problem.ts'
import { guarded } from './connections/unforeseen.ts'
import type { GroupCheck } from './health/logged-check.ts'
import { type HealthChange, logHealthChange } from './health/target-health.ts'
import { logFailures } from './log/log.ts'
import { countExchange, type Metrics } from './log/metrics.ts'
import type { Observer } from './log/observation.ts'
import { loadBalancerArn, loadBalancerId } from './properties/names.ts'
import { Property } from './properties/property.ts'
import type { Listener } from './rules/listener.ts'

/** What a load balancer is made of. */
export interface Parts {
  readonly arn: string
  readonly identity: Identity
  readonly configuration: Configuration
  readonly logHealth: (change: HealthChange) => void
  readonly logHealthCheck: (check: GroupCheck) => void
}

/** Who signs for the load balancer; the same until its name or its key changes. */
export interface Identity {
  readonly signer: IdentitySigner
  readonly key: string | undefined
}

interface Surroundings {
  readonly metrics: Metrics
  readonly observer: Observer | undefined
  readonly openAt: Listener['openAt']
  /** The parts that these take the place of. */
  readonly before: Parts | undefined
}

/** @throws ConfigurationError */
export function readParts(
  options: ApplicationLoadBalancerOptions,
  { metrics, observer, openAt, before }: Surroundings,
): Parts {
  const root = new Property(options, '')
  const name = readName(root)
  const arn = loadBalancerArn(name)
  const key = readIdentityKey(root.at('identityKey'))
  const isSame = before?.arn === arn && before.identity.key === key
  const identity = isSame ? before.identity : { signer: createIdentitySigner(arn, key), key }
  const { log = logFailures, logHealth = logHealthChange, logHealthCheck, logConnection } = options
  const configuration = readConfiguration(root, {
    name,
    signer: identity.signer,
    logConnection: logConnection && guarded('when a connection was logged', logConnection),
    openAt,
    observer: both(options.recorder, observer),
    log(entry) {
      countExchange(metrics, entry)
      log(entry)
    },
  })
  const loadBalancer = loadBalancerId(name)
  return {
    arn,
    identity,
    configuration,
    logHealth: guarded('when health was logged', logHealth),
    logHealthCheck: guarded('when a health check was logged', (check) =>
      logHealthCheck?.({ ...check, loadBalancer }),
    ),
  }
}

function both(one: Observer | undefined, other: Observer | undefined): Observer | undefined {
  if (!one || !other) return one ?? other
  return {
    begin(observation) {
      one.begin?.(observation)
      other.begin?.(observation)
    },
    end(entry, observation) {
      one.end(entry, observation)
      other.end(entry, observation)
    },
  }
}

function readIdentityKey(key: Property): string | undefined {
  if (!key.isPresent) return undefined
  const problem = identityKeyProblem(key.text())
  if (problem === undefined) return key.text()
  throw key.error('ALB_ERR_INVALID_PROPERTY', problem)
}

function readName(root: Property): string {
  const name = root.at('loadBalancer').at('Name')
  if (!name.isPresent) return 'koa-alb-local'
  const allowed = 'up to 32 of A-Z a-z 0-9 -'
  return name.text({ pattern: /^[A-Za-z0-9-]{1,32}$/, allowed })
}
