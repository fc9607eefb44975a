<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|MapTips|Rendering" labelsEnabled="0">
 <renderer-v2 type="categorizedSymbol" attr="class" symbollevels="0" enableorderby="0" forceraster="0">
  <categories>
   <category value="-1" label="Fewer than usual variation explains" symbol="0" render="true"/>
   <category value="0" label="Within usual variation" symbol="1" render="true"/>
   <category value="1" label="More than usual variation explains" symbol="2" render="true"/>
   <category value="" label="Not judged" symbol="3" render="true"/>
  </categories>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="1,133,113,230" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="90,90,90,120" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="1,133,113,230"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="90,90,90,120"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="245,245,245,110" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="90,90,90,120" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="245,245,245,110"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="90,90,90,120"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="166,97,26,230" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="90,90,90,120" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="166,97,26,230"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="90,90,90,120"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="200,200,200,40" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="90,90,90,120" type="QString"/>
      <Option name="outline_style" value="dash" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="200,200,200,40"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="90,90,90,120"/>
     <prop k="outline_style" v="dash"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <mapTip>&lt;b&gt;[% "current" %]&lt;/b&gt; incidents, [% "previous" %] in the comparison period&lt;br&gt;[% format_number("expected", 1) %] expected</mapTip>
</qgis>
