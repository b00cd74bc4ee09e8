/** Attributes of a load balancer that concern request headers. */
export interface HeaderAttributes {
  /** `routing.http.xff_header_processing.mode` */
  readonly forwardedFor: 'append' | 'preserve' | 'remove'
  /** `routing.http.xff_client_port.enabled` */
  readonly clientPort: boolean
  /** `routing.http.preserve_host_header.enabled` */
  readonly preserveHost: boolean
  /** `routing.http.drop_invalid_header_fields.enabled` */
  readonly dropInvalid: boolean
  /** `routing.http.x_amzn_tls_version_and_cipher_suite.enabled` */
  readonly tls: boolean
}

export const defaultHeaderAttributes: HeaderAttributes = {
  forwardedFor: 'append',
  clientPort: false,
  preserveHost: false,
  dropInvalid: false,
  tls: false,
}
