import type { ErrorReason } from '../answer/refusal.ts'
import type { DifferenceKey } from '../differences/difference.ts'

const multiValue = 'Turn multi-value headers of the target group on'
const nothingToDo = 'Nothing to do, unless the app looks for it'

/** What to do about a difference, in a sentence. */
export const differenceRemedies: Readonly<Record<DifferenceKey, string>> = {
  'repeated-query-keys': `${multiValue}: then each value arrives.`,
  'keys-without-equals': 'Do not tell `?a` from `?a=`: a load balancer does not.',
  'empty-query-pairs': `${nothingToDo}: an empty pair says nothing.`,
  'sorted-query-keys': 'Do not rely on the order of different keys; that of equal keys is kept.',
  'absolute-targets': `${nothingToDo}: proxies send such targets, and path and host say the same.`,
  'repeated-header-lines': `${multiValue}: then each line arrives.`,
  'empty-header-lines': 'Give the field a value: a load balancer drops lines without one.',
  'invalid-header-names':
    'Name the field with letters, digits and hyphens, or turn routing.http.drop_invalid_header_fields.enabled off.',
  'repeated-hosts': 'Send one Host line, as HTTP wants it.',
  'forwarded-for-lines': `${nothingToDo}: the addresses are the same, in one line.`,
  'forwarded-for-removed':
    'Set routing.http.xff_header_processing.mode to append or preserve, if the app needs it.',
  'collected-chunks': `${nothingToDo}: the body is whole, and its length is known.`,
  'ignored-expect': `${nothingToDo}: the load balancer has told the client to go on.`,
  'replaced-header-lines': 'Do not let clients send a field that the load balancer writes itself.',
  'header-fields-of-the-other-mode':
    'Answer in the mode of the event: an adapter that looks at it does so.',
  'unknown-document-fields':
    'Leave the field out; a cookies field belongs to API Gateway: use set-cookie.',
  'unread-status-descriptions': 'Write code, space and phrase: `200 OK`.',
  'hop-by-hop-fields': 'Leave the field out: the load balancer manages connections itself.',
  'computed-content-length':
    'Leave content-length out, or count the bytes of the body and not its characters.',
  'missing-content-types':
    'Set content-type: clients guess otherwise, or save the response as a file.',
  'responses-without-a-body': 'Answer with another status, if the body matters.',
  'changed-response-headers': "Look at the listener's attributes that set response headers.",
}

/** What to do about an `error_reason`, in a sentence. */
export const errorRemedies: Readonly<Record<ErrorReason, string>> = {
  AWSALBTGCookieInvalid:
    'Let the client drop its AWSALBTG cookie: it is not one of this load balancer.',
  JWTClaimFormatInvalid: 'Look at the format of the claim in the listener rule and in the token.',
  JWTClaimNotPresent: 'Let the token have the claim that the listener rule asks for.',
  JWTClaimValueInvalid: 'Let the claim have a value that the listener rule takes.',
  JWTHeaderNotPresent: 'Send `authorization: Bearer <token>`.',
  JWTRequestFormatInvalid: 'Send one token, as three parts with dots between.',
  JWTSignatureValidationError: 'Sign the token with a key of the key set, and look at its expiry.',
  LambdaAccessDenied:
    'Permit elasticloadbalancing.amazonaws.com to invoke what is registered as target.',
  LambdaBadRequest: 'The request has bytes that are no UTF-8 where an event has text only.',
  LambdaConnectionError: 'Look whether the endpoint of the function is running.',
  LambdaConnectionTimeout: 'Look whether the endpoint of the function answers at all.',
  LambdaInvalidResponse: 'Mend the field of the document that the sentence above names.',
  LambdaResourceNotFound: 'Register a function or an alias that exists.',
  LambdaResponseTooLarge: 'Send less than 1 MB with its base64, or a link to the rest.',
  LambdaServiceException:
    'This is a fault of this machine or of this load balancer, not of the function.',
  LambdaThrottling: 'Allow more execution environments, or send fewer requests at once.',
  LambdaUnhandled: 'Look at the error below, and at the lines that the function wrote.',
  LambdaWebsocketNotSupported:
    'Route WebSockets to a target group of servers: functions have none.',
}
