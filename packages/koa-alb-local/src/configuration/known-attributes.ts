const ofRequests = [
  'x_amzn_mtls_clientcert',
  'x_amzn_mtls_clientcert_issuer',
  'x_amzn_mtls_clientcert_leaf',
  'x_amzn_mtls_clientcert_serial_number',
  'x_amzn_mtls_clientcert_subject',
  'x_amzn_mtls_clientcert_validity',
  'x_amzn_tls_cipher_suite',
  'x_amzn_tls_version',
]

const ofResponses = [
  'access_control_allow_credentials',
  'access_control_allow_headers',
  'access_control_allow_methods',
  'access_control_allow_origin',
  'access_control_expose_headers',
  'access_control_max_age',
  'content_security_policy',
  'strict_transport_security',
  'x_content_type_options',
  'x_frame_options',
]

/**
 * Keys of attributes by the property that lists them, also those that mean nothing here.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ListenerAttribute.html
 */
export const attributeKeys: Readonly<Record<string, readonly string[]>> = {
  LoadBalancerAttributes: [
    'access_logs.s3.bucket',
    'access_logs.s3.enabled',
    'access_logs.s3.prefix',
    'client_keep_alive.seconds',
    'connection_logs.s3.bucket',
    'connection_logs.s3.enabled',
    'connection_logs.s3.prefix',
    'deletion_protection.enabled',
    'health_check_logs.s3.bucket',
    'health_check_logs.s3.enabled',
    'health_check_logs.s3.prefix',
    'idle_timeout.timeout_seconds',
    'ipv6.deny_all_igw_traffic',
    'load_balancing.cross_zone.enabled',
    'routing.http.desync_mitigation_mode',
    'routing.http.drop_invalid_header_fields.enabled',
    'routing.http.preserve_host_header.enabled',
    'routing.http.x_amzn_tls_version_and_cipher_suite.enabled',
    'routing.http.xff_client_port.enabled',
    'routing.http.xff_header_processing.mode',
    'routing.http2.enabled',
    'waf.fail_open.enabled',
    'zonal_shift.config.enabled',
  ],
  ListenerAttributes: [
    ...ofRequests.map((name) => `routing.http.request.${name}.header_name`),
    ...ofResponses.map((name) => `routing.http.response.${name}.header_value`),
    'routing.http.response.server.enabled',
  ],
}
