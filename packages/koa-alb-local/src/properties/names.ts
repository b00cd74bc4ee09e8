import { createHash } from 'node:crypto'

const arnPrefix = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:'

/** The resource id of a load balancer, as in its ARN and its access log. */
export function loadBalancerId(name: string): string {
  return `app/${name}/${idFor(name)}`
}

export function loadBalancerArn(name: string): string {
  return `${arnPrefix}loadbalancer/${loadBalancerId(name)}`
}

/** The ARN of a target group; a name that is one already stays. */
export function targetGroupArn(name: string): string {
  if (name.startsWith('arn:')) return name
  return `${arnPrefix}targetgroup/${name}/${idFor(name)}`
}

// The same in every run, so that logs and expectations can be compared.
function idFor(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16)
}
