import theme from 'vitepress/theme'
import './layout.css'
import './pictures.css'

export default theme
