module.exports = 'over'
