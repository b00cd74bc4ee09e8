import { answers } from './answers.ts'
import { base64IsValid } from './base64-is-valid.ts'
import { binaryBody } from './binary-body.ts'
import { binaryIsBase64 } from './binary-is-base64.ts'
import { bodyHasAType } from './body-has-a-type.ts'
import { bodyIsAString } from './body-is-a-string.ts'
import { bodyIsWellFormed } from './body-is-well-formed.ts'
import { bodyLeftOut } from './body-left-out.ts'
import { bodyWithoutLength } from './body-without-length.ts'
import { brokenResponse } from './broken-response.ts'
import { bytesOfBroken } from './bytes-of-broken.ts'
import { bytesOfGzip } from './bytes-of-gzip.ts'
import { bytesOfLatin1 } from './bytes-of-latin1.ts'
import { bytesOfPng } from './bytes-of-png.ts'
import { bytesOfText } from './bytes-of-text.ts'
import { bytesOfUntyped } from './bytes-of-untyped.ts'
import type { Check } from './check.ts'
import { clientAddress } from './client-address.ts'
import { compressedIsBase64 } from './compressed-is-base64.ts'
import { cookiesApart } from './cookies-apart.ts'
import { descriptionFitsStatus } from './description-fits-status.ts'
import { descriptionIsAString } from './description-is-a-string.ts'
import { emptyBody } from './empty-body.ts'
import { endlessApp } from './endless-app.ts'
import { fitsOneMegabyte } from './fits-one-megabyte.ts'
import { flagIsABoolean } from './flag-is-a-boolean.ts'
import { formBody } from './form-body.ts'
import { headWithoutBody } from './head-without-body.ts'
import { headerNamesAreTokens } from './header-names-are-tokens.ts'
import { headerValuesAreAscii } from './header-values-are-ascii.ts'
import { headerValuesAreStrings } from './header-values-are-strings.ts'
import { headerWithProtoName } from './header-with-proto-name.ts'
import { headersAreAnObject } from './headers-are-an-object.ts'
import { headersFit } from './headers-fit.ts'
import { healthCheck } from './health-check.ts'
import { inTime } from './in-time.ts'
import { largeResponse } from './large-response.ts'
import { lengthIsTrue } from './length-is-true.ts'
import { noBodyForHead } from './no-body-for-head.ts'
import { noHopByHop } from './no-hop-by-hop.ts'
import { noLostBody } from './no-lost-body.ts'
import { noNull } from './no-null.ts'
import { noUnreadFields } from './no-unread-fields.ts'
import { queryWithBrackets } from './query-with-brackets.ts'
import { queryWithEncodedAmpersand } from './query-with-encoded-ampersand.ts'
import { queryWithEncodedPlus } from './query-with-encoded-plus.ts'
import { queryWithEncodedUtf8 } from './query-with-encoded-utf8.ts'
import { queryWithKeyAlone } from './query-with-key-alone.ts'
import { queryWithMalformedPercent } from './query-with-malformed-percent.ts'
import { queryWithPlus } from './query-with-plus.ts'
import { queryWithProtoKey } from './query-with-proto-key.ts'
import { rejectingApp } from './rejecting-app.ts'
import { repeatedHeaders } from './repeated-headers.ts'
import { repeatedKeys } from './repeated-keys.ts'
import { resultIsAnObject } from './result-is-an-object.ts'
import { rightHeaderField } from './right-header-field.ts'
import { statusArrives } from './status-arrives.ts'
import { statusIsAnInteger } from './status-is-an-integer.ts'
import { textBody } from './text-body.ts'
import { throwingApp } from './throwing-app.ts'
import { tooLargeHeaders } from './too-large-headers.ts'
import { tooLargeResponse } from './too-large-response.ts'
import { twoCookies } from './two-cookies.ts'

/** All of them, by code. */
export const checks: readonly Check[] = [
  answers,
  inTime,
  resultIsAnObject,
  statusIsAnInteger,
  rightHeaderField,
  noNull,
  headerValuesAreStrings,
  headerNamesAreTokens,
  headerValuesAreAscii,
  bodyIsAString,
  flagIsABoolean,
  base64IsValid,
  bodyIsWellFormed,
  fitsOneMegabyte,
  headersFit,
  headersAreAnObject,
  descriptionIsAString,
  bodyHasAType,
  descriptionFitsStatus,
  noUnreadFields,
  noHopByHop,
  lengthIsTrue,
  noLostBody,
  compressedIsBase64,
  cookiesApart,
  binaryIsBase64,
  noBodyForHead,
  twoCookies,
  bytesOfPng,
  bytesOfGzip,
  bytesOfLatin1,
  bytesOfBroken,
  bytesOfUntyped,
  bytesOfText,
  queryWithEncodedPlus,
  queryWithPlus,
  queryWithEncodedAmpersand,
  queryWithBrackets,
  queryWithKeyAlone,
  queryWithMalformedPercent,
  queryWithEncodedUtf8,
  queryWithProtoKey,
  repeatedKeys,
  repeatedHeaders,
  clientAddress,
  headerWithProtoName,
  healthCheck,
  emptyBody,
  formBody,
  textBody,
  binaryBody,
  bodyWithoutLength,
  headWithoutBody,
  statusArrives,
  bodyLeftOut,
  largeResponse,
  tooLargeResponse,
  tooLargeHeaders,
  throwingApp,
  brokenResponse,
  endlessApp,
  rejectingApp,
]
