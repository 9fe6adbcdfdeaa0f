import base from '../kit/style/base.css?inline';
export default base;
