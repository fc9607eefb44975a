<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|MapTips|Rendering" labelsEnabled="0">
 <renderer-v2 type="categorizedSymbol" attr="class" symbollevels="0" enableorderby="0" forceraster="0">
  <categories>
   <category value="1" label="Cluster" symbol="0" render="true"/>
   <category value="2" label="Cluster of clusters" symbol="1" render="true"/>
  </categories>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="204,121,167,70" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="136,34,85,255" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.4" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="204,121,167,70"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="136,34,85,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.4"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="204,121,167,0" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="136,34,85,255" type="QString"/>
      <Option name="outline_style" value="dash" type="QString"/>
      <Option name="outline_width" value="0.4" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="204,121,167,0"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="136,34,85,255"/>
     <prop k="outline_style" v="dash"/>
     <prop k="outline_width" v="0.4"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <mapTip>&lt;b&gt;[% "incidents" %]&lt;/b&gt; incidents at [% "places" %] places&lt;br&gt;rank [% "rank" %] of order [% "cluster_order" %]</mapTip>
</qgis>
