import type { LogEntry } from './log.ts'

/**
 * Counters under the names of CloudWatch's `AWS/ApplicationELB` metrics, since the start; a name is
 * absent until it counts something.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export type MetricName =
  | 'ClientTLSNegotiationErrorCount'
  | 'DesyncMitigationMode_NonCompliant_Request_Count'
  | 'ELBAuthFailure'
  | 'ELBAuthSuccess'
  | 'HTTP_Fixed_Response_Count'
  | 'HTTP_Redirect_Count'
  | 'HTTP_Redirect_Url_Limit_Exceeded_Count'
  | 'HTTPCode_ELB_3XX_Count'
  | 'HTTPCode_ELB_4XX_Count'
  | 'HTTPCode_ELB_500_Count'
  | 'HTTPCode_ELB_502_Count'
  | 'HTTPCode_ELB_503_Count'
  | 'HTTPCode_ELB_504_Count'
  | 'HTTPCode_ELB_5XX_Count'
  | 'HTTPCode_Target_2XX_Count'
  | 'HTTPCode_Target_3XX_Count'
  | 'HTTPCode_Target_4XX_Count'
  | 'HTTPCode_Target_5XX_Count'
  | 'HealthyHostCount'
  | 'JWTValidationFailureCount'
  | 'JWTValidationSuccessCount'
  | 'LambdaInternalError'
  | 'LambdaTargetProcessedBytes'
  | 'LambdaUserError'
  | 'NewConnectionCount'
  | 'ProcessedBytes'
  | 'RequestCount'
  | 'RuleEvaluations'
  | 'TargetConnectionErrorCount'
  | 'TargetResponseTime'
  | 'UnHealthyHostCount'

export type Metrics = Partial<Record<MetricName, number>>

const internalErrors: readonly unknown[] = [
  'LambdaConnectionError',
  'LambdaConnectionTimeout',
  'LambdaServiceException',
]

/** Counts one exchange. */
export function countExchange(metrics: Metrics, entry: LogEntry): void {
  const count = (name: MetricName, by = 1): void => {
    metrics[name] = (metrics[name] ?? 0) + by
  }
  const { status, targetStatus, errorReason, actions } = entry
  count('RequestCount')
  count('ProcessedBytes', entry.receivedBytes + entry.sentBytes)
  if (entry.ruleEvaluations) count('RuleEvaluations', entry.ruleEvaluations)
  for (const name of statusNames(entry)) count(name)
  if (targetStatus !== undefined && entry.server === undefined) {
    count('LambdaTargetProcessedBytes', entry.receivedBytes + (entry.documentBytes ?? 0))
  }
  // In seconds, and the sum of all: divide by the number of invocations.
  if (entry.targetProcessingMs !== undefined) {
    count('TargetResponseTime', entry.targetProcessingMs / 1000)
  }
  if (entry.isUnconnected) count('TargetConnectionErrorCount')
  if (errorReason?.startsWith('Lambda')) {
    count(internalErrors.includes(errorReason) ? 'LambdaInternalError' : 'LambdaUserError')
  }
  if (entry.classification) count('DesyncMitigationMode_NonCompliant_Request_Count')
  if (status === 507) count('HTTP_Redirect_Url_Limit_Exceeded_Count')
  else if (actions.at(-1) === 'redirect') count('HTTP_Redirect_Count')
  if (actions.at(-1) === 'fixed-response') count('HTTP_Fixed_Response_Count')
  const passed = actions.at(-1)
  if (actions.includes('jwt-validation')) {
    count(passed === 'jwt-validation' ? 'JWTValidationFailureCount' : 'JWTValidationSuccessCount')
  }
  if (actions.includes('authenticate') && passed !== 'authenticate') count('ELBAuthSuccess')
  if (passed === 'authenticate' && status === 401) count('ELBAuthFailure')
}

// What the load balancer answers itself counts apart from what the target answers.
function statusNames({ status, targetStatus }: LogEntry): MetricName[] {
  if (targetStatus !== undefined) {
    const family = Math.floor(targetStatus / 100)
    // Servers answer with others, too: 101 to WebSocket.
    return family >= 2 && family <= 5 ? [`HTTPCode_Target_${family}XX_Count` as MetricName] : []
  }
  if (status >= 500 && status < 600) {
    const own = [500, 502, 503, 504].includes(status)
    return [
      ...(own ? [`HTTPCode_ELB_${status}_Count` as MetricName] : []),
      'HTTPCode_ELB_5XX_Count',
    ]
  }
  if (status >= 400) return ['HTTPCode_ELB_4XX_Count']
  return status >= 300 ? ['HTTPCode_ELB_3XX_Count'] : []
}
