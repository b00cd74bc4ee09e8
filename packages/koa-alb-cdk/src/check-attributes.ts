import { Stack, Token } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { AccessLogsOptions } from './options.ts'
import { conflict, invalid, isKnown, missing, type Problems, rangeProblem } from './problems.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** What is wrong with the attributes of the new load balancer, its logs and its web ACL. */
export function attributeProblems(
  scope: Construct,
  props: ApplicationLoadBalancedFunctionProps,
): Problems {
  const { idleTimeout, webAclArn, loadBalancerName: name } = props
  return [
    isKnown(name) &&
      !/^(?!internal-|-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name) &&
      invalid(
        `loadBalancerName: ${name} is not possible. Give 1 to 32 letters, digits and hyphens, no hyphen at an end, not internal-….`,
      ),
    ...logProblems(scope, 'accessLogs', props.accessLogs),
    ...logProblems(scope, 'connectionLogs', props.connectionLogs),
    idleTimeout &&
      !idleTimeout.isUnresolved() &&
      rangeProblem('idleTimeout', idleTimeout.toSeconds(), 1, 4000, 's'),
    isKnown(webAclArn) &&
      !/^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d+:regional\/webacl\//.test(webAclArn) &&
      invalid(
        `webAclArn: ${webAclArn} is not the ARN of a regional web ACL of WAFv2. Give one with the scope REGIONAL.`,
      ),
    ...Object.entries(props.loadBalancerAttributes ?? {}).flatMap(namedAttributeProblems),
  ]
}

function logProblems(scope: Construct, name: string, logs?: AccessLogsOptions): Problems {
  return [
    logs &&
      Token.isUnresolved(Stack.of(scope).region) &&
      missing(
        `${name}: give the stack an \`env\` with a region, because who writes the logs depends on it.`,
      ),
    logs?.bucket.encryptionKey &&
      invalid(
        `${name}.bucket: load balancers cannot write to a bucket with a KMS key. Give one with S3's own encryption.`,
      ),
    isKnown(logs?.prefix) &&
      /^\/|\/$|AWSLogs/.test(logs?.prefix ?? '') &&
      invalid(
        `${name}.prefix: ${logs?.prefix} is not possible. Leave out slashes at its ends and AWSLogs, which is added.`,
      ),
  ]
}

const propOf: Readonly<Record<string, string>> = {
  'deletion_protection.enabled': 'deletionProtection',
  'idle_timeout.timeout_seconds': 'idleTimeout',
  'routing.http.drop_invalid_header_fields.enabled': 'dropInvalidHeaderFields',
}

const booleans = [
  'health_check_logs.s3.enabled',
  'ipv6.deny_all_igw_traffic',
  'load_balancing.cross_zone.enabled',
  'routing.http.preserve_host_header.enabled',
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled',
  'routing.http.xff_client_port.enabled',
  'routing.http2.enabled',
  'waf.fail_open.enabled',
  'zonal_shift.config.enabled',
]

const choices: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(booleans.map((key) => [key, ['true', 'false']])),
  'routing.http.desync_mitigation_mode': ['monitor', 'defensive', 'strictest'],
  'routing.http.xff_header_processing.mode': ['append', 'preserve', 'remove'],
}

/** Of attributes that are not known here, only the form of the name is looked at: there will be more. */
function namedAttributeProblems([key, value]: [string, unknown]): Problems {
  const where = `loadBalancerAttributes['${key}']`
  const prop =
    propOf[key] ?? (/^(access|connection)_logs\.s3\./.exec(key) && `${key.split('_')[0]}Logs`)
  const known = choices[key]
  if (prop) return [conflict(`${where}: there is the prop \`${prop}\` for it. Give that.`)]
  if (!/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(key)) {
    return [invalid(`${where}: it is no attribute. Give a name such as routing.http2.enabled.`)]
  }
  if (typeof value !== 'string') {
    return [invalid(`${where}: attributes are text, found ${typeof value}. Give '${value}'.`)]
  }
  if (Token.isUnresolved(value)) return []
  return [
    known &&
      !known.includes(value) &&
      invalid(`${where}: ${value} is not possible. Give one of ${known.join(', ')}.`),
    key === 'client_keep_alive.seconds' && rangeProblem(where, Number(value), 60, 604_800, 's'),
  ]
}
