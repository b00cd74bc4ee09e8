export default { poweredByHeader: false, compress: true, typescript: { ignoreBuildErrors: true } }
